using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Weir.Studio;

/// <summary>What the pages need from the container.</summary>
public static class StudioServices
{
    /// <summary>Adds Razor components (static rendering only) and the system clock, unless another was added before.</summary>
    public static IServiceCollection AddStudio(this IServiceCollection services)
    {
        services.AddRazorComponents();
        // Static pages hold no protected state; so no key is written to the user's home.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }
}
