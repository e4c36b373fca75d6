using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Weir.Roles;

/// <summary>A web server on a loopback port, started and stopped by its role.</summary>
internal static class WebHost
{
    public static WebApplication Create(int port, TimeProvider time, Action<KestrelServerOptions>? limits = null, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (port == 0) kestrel.Listen(System.Net.IPAddress.Loopback, 0); // any that is free
            else kestrel.ListenLocalhost(port);
            limits?.Invoke(kestrel);
        });
        builder.Services.AddSingleton(time);
        builder.Services.AddRoutingCore();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseRouting();
        return app;
    }
}
