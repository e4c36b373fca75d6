using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Land.Fast.Contracts;

namespace Weir.Tests.Land.Fast.Contracts;

/// <summary>What is written, and what is taken over as it was sent, must be what System.Text.Json writes, to the byte.</summary>
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
    [InlineData("{\"😀\":\"\\ud83d\\ude00\",\"\u00a0\":\"\u007f\\u007f\\\"\\/\", \"a\" : [ { \"\u2028\" : \"x\" } , \"\\b\\f\\r\" ] }")]
    public void It_is_what_the_library_writes(string sent)
    {
        var written = JsonNode.Parse(sent)!.ToJsonString(Relaxed);
        Write(sent, false).ShouldBe(written);
        Write(sent, true).ShouldBe(written);
    }

    private static unsafe string Write(string sent, bool isOpened)
    {
        var tree = new EventTree();
        tree.Begin();
        var text = new Utf8Name(sent);
        var at = tree.Alone(JsonTokenType.StartObject, text.Bytes);
        if (isOpened) tree.First(at);
        var length = TreeText.Measure(tree, at);
        tree.IsSure.ShouldBeTrue();
        var to = new byte[length];
        fixed (byte* start = to) ((int)(TreeText.Write(tree, at, start) - start)).ShouldBe(length);
        GC.KeepAlive(text);
        return Encoding.UTF8.GetString(to);
    }
}
