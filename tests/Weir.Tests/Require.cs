namespace Weir.Tests;

/// <summary>What a test needs and a machine may lack: skipped with the reason, or failed where <c>WEIR_REQUIRE</c> names it.</summary>
internal static class Require
{
    public static void That(bool isThere, string name, string reason)
    {
        if (isThere) return;
        var required = (Environment.GetEnvironmentVariable("WEIR_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries);
        if (required.Contains(name)) Assert.Fail($"WEIR_REQUIRE names '{name}', but: {reason}");
        Assert.Skip(reason);
    }

    /// <summary>The folder of the Online Retail CSV files.</summary>
    public static string OnlineRetail()
    {
        var folder = Environment.GetEnvironmentVariable("ONLINE_RETAIL_DIR") ?? "";
        That(Directory.Exists(folder), "online-retail", "ONLINE_RETAIL_DIR names no folder with the Online Retail CSV files (samples/online-retail/README.md says where to get them)");
        return folder;
    }
}
