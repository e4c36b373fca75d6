using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Land.Fast.Contracts;

namespace Weir.Tests.Land.Fast.Contracts;

/// <summary>What is taken over as it was sent must be what System.Text.Json would write, to the byte.</summary>
public class TreeTextTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void No_character_that_is_taken_without_a_question_would_be_escaped()
    {
        var usual = Enumerable.Range(0, 0x240).Where(c => Encoding.UTF8.GetBytes($"{(char)c}").All(TreeText.Usual.Contains)).ToList();
        usual.Count.ShouldBe(0x7F - ' ' - 2 + 0x240 - 0xC0);
        usual.Where(c => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.WillEncode(c)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"a":1.50,"b":"ü say \"hi\"\\\n\t","c":[true,null,{}],"d":{"e":[]}}""")]
    [InlineData("""{ "a":1}""")]
    [InlineData("""{"a": 1}""")]
    [InlineData("""{"a":[1, 2]}""")]
    [InlineData("""{"a":"\u00e9"}""")]
    [InlineData("""{"a":"a\/b"}""")]
    [InlineData("""{"a":"😀"}""")]
    [InlineData("{\"a\":\"\u007f\"}")]
    [InlineData("{\"a\":\"\u00a0\"}")]
    [InlineData("{\"a\":{\"\u2028\":1}}")]
    [InlineData("""{"漢字":["漢字"]}""")]
    [InlineData("""{"a":-0,"b":1E+2}""")]
    public void What_would_be_written_otherwise_is_left(string sent)
    {
        var written = JsonNode.Parse(sent)!.ToJsonString(Relaxed);
        foreach (var isOpened in new[] { false, true })
            Write(sent, isOpened).ShouldBe(written == sent || (isOpened && sent is """{ "a":1}""" or """{"a": 1}""") ? written : null, $"{sent} {isOpened}");
    }

    private static unsafe string? Write(string sent, bool isOpened)
    {
        var tree = new EventTree();
        tree.Begin();
        var text = new Utf8Name(sent);
        var at = tree.Alone(JsonTokenType.StartObject, text.Bytes);
        if (isOpened) tree.First(at);
        var length = TreeText.Measure(tree, at);
        if (!tree.IsSure) return null;
        var to = new byte[length];
        fixed (byte* start = to) ((int)(TreeText.Write(tree, at, start) - start)).ShouldBe(length);
        GC.KeepAlive(text);
        return Encoding.UTF8.GetString(to);
    }
}
