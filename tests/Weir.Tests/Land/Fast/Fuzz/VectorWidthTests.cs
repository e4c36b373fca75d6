using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace Weir.Tests.Land.Fast.Fuzz;

/// <summary>The same lines where the processor has narrower vectors, or the program may use none: this assembly run again, with a runtime that is told so.</summary>
public sealed class VectorWidthTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512,DOTNET_EnableAVX512F", 256)]
    [InlineData("DOTNET_EnableAVX2", 128)]
    [InlineData("DOTNET_EnableHWIntrinsic", 0)]
    public async Task Narrower_vectors_and_none_find_no_difference_either(string switchedOff, int bits)
    {
        Assert.SkipUnless(Vector256.IsHardwareAccelerated, "This processor has no AVX2; what it has is tested beside this.");
        using var folder = new TemporaryFolder();
        var result = Path.Combine(folder.Path, "result");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", typeof(VectorWidthTests).Assembly.Location, "-noLogo", "-class", typeof(FastPathFuzzTests).FullName!, "-class", typeof(ContractFuzzTests).FullName!])
        {
            RedirectStandardOutput = true,
            Environment = { ["WEIR_FUZZ_LINES"] = Environment.GetEnvironmentVariable("WEIR_FUZZ_LINES") ?? "4000", ["WEIR_FUZZ_RESULT"] = result },
        };
        foreach (var name in switchedOff.Split(',')) start.Environment[name] = "0";
        using var child = Process.Start(start)!;
        var story = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        child.ExitCode.ShouldBe(0, story);
        var said = await File.ReadAllTextAsync(result);
        said.ShouldContain($"vectors of {bits} bits");
        said.Split("no difference").Length.ShouldBe(3, said);
        if (Environment.GetEnvironmentVariable("WEIR_FUZZ_RESULT") is { Length: > 0 } file) await File.AppendAllTextAsync(file, said);
    }
}
