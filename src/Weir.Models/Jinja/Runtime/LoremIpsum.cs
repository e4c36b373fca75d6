namespace Weir.Models.Jinja;

/// <summary><c>lipsum()</c>: paragraphs of filler text, the same ones every time.</summary>
internal static class LoremIpsum
{
    private const string Paragraph = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua.";

    public static string Text(int paragraphs, bool isHtml) => isHtml
        ? string.Join("\n", Enumerable.Repeat($"<p>{Paragraph}</p>", Math.Max(0, paragraphs)))
        : string.Join("\n\n", Enumerable.Repeat(Paragraph, Math.Max(0, paragraphs)));
}
