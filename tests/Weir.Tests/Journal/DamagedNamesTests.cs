using Weir.Journal;

namespace Weir.Tests.Journal;

public sealed class DamagedNamesTests : IDisposable
{
    private readonly JournalBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory] // WEIR2008
    [InlineData("copy.seg")]
    [InlineData("copy-00000000000000000000-1.seg")]
    [InlineData("0000000000000000000x-1.seg")]
    [InlineData("99999999999999999999-1.seg")]
    public async Task A_stray_segment_is_named(string name)
    {
        await AppendAsync();
        var path = Path.Combine(bench.StreamFolder, name);
        await File.WriteAllTextAsync(path, "");
        Fails("WEIR2008", path);
    }

    [Theory] // WEIR2005
    [InlineData("stream.json", "")]
    [InlineData("stream.json", "{\"format\":")]
    [InlineData("stream.json", "[]")]
    [InlineData("stream.json", "{\"format\":1}")]
    [InlineData("stream.json", "{\"format\":\"x\",\"id\":7}")]
    [InlineData("stream.json", "{\"format\":1,\"id\":\"web\"}")]
    [InlineData("removed-7.json", "")]
    [InlineData("removed-7.json", "null")]
    [InlineData("removed-7.json", "[null]")]
    [InlineData("removed-7.json", "{\"Hour\"")]
    public async Task A_damaged_file_beside_the_segments_is_named(string name, string text)
    {
        await AppendAsync();
        var path = Path.Combine(bench.StreamFolder, name);
        await File.WriteAllTextAsync(path, text);
        Fails("WEIR2005", path);
    }

    private void Fails(string code, string path)
    {
        var error = Should.Throw<WeirException>(() => bench.Reader().ReadReceived());
        error.Code.ShouldBe(code, error.Message);
        error.Message.ShouldContain(path);
    }

    private async Task AppendAsync()
    {
        await using var writer = await bench.OpenAsync();
        await JournalBench.AppendAsync(writer, "a");
    }
}
