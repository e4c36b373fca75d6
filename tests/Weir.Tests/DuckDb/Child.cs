using System.Diagnostics;
using System.Runtime.CompilerServices;
using Weir.DuckDb;

namespace Weir.Tests.DuckDb;

/// <summary>This assembly run as a second process, which does one thing with DuckDB instead of running tests.</summary>
internal static class Child
{
    private const string Variable = "WEIR_TESTS_DUCKDB_CHILD";

    public static Process Start(string what, string argument)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", typeof(Child).Assembly.Location])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { [Variable] = what + "|" + argument },
        };
        return Process.Start(start)!;
    }

    [ModuleInitializer]
    internal static void Run()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split('|') is not [var what, var argument])
            return;
        if (what == "hold")
            Hold(argument);
        else
            Console.WriteLine(SmallQueries.GrowthInBytes(int.Parse(argument)));
        Environment.Exit(0);
    }

    private static void Hold(string path)
    {
        using var connection = new DuckDBConnection($"Data Source={path}");
        connection.Open();
        Console.WriteLine("open");
        Console.ReadLine();
    }
}
