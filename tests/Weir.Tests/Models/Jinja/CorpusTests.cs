using System.Text.Json;
using Weir.Models.Jinja;

namespace Weir.Tests.Models.Jinja;

public sealed class CorpusTests
{
    public static TheoryData<int, string> Cases => Numbered(CorpusCase.All);

    public static TheoryData<int, string> MoreCases => Numbered(CorpusCase.More);

    [Fact]
    public void The_corpus_has_503_templates() => CorpusCase.All.Count.ShouldBe(503);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_template_gives_what_dbt_gives(int index, string template)
    {
        var item = CorpusCase.All[index];
        template.ShouldBe(item.Template);
        if (item.Error is not null)
            Should.Throw<JinjaException>(() => Render(item)).ShouldSatisfyAllConditions(
                error => NameOf(error.Kind).ShouldBe(item.Error == "SyntaxError" ? "syntax" : item.Error, error.Message),
                error => error.Line.ShouldBe(1),
                error => error.Column.ShouldBeGreaterThan(0),
                error => FirstLine(error.Message).ShouldBe(FirstLine(Reworded(item.Message!))));
        else if (item.IsNative)
            ShouldBeNative(Render(item), item);
        else if (item.IsUnstable)
            Render(item);
        else
            Render(item).ShouldBe(item.Output.GetString());
    }

    [Theory]
    [MemberData(nameof(MoreCases))]
    public void A_template_gives_what_Jinja_gives(int index, string template)
    {
        var item = CorpusCase.More[index];
        template.ShouldBe(item.Template);
        if (item.Error is null)
            Render(item).ShouldBe(item.Output.GetString());
        else
            Should.Throw<JinjaException>(() => Render(item)).ShouldSatisfyAllConditions(
                error => NameOf(error.Kind).ShouldBe(item.Error, error.Message),
                error => error.Line.ShouldBeGreaterThan(0));
    }

    private static TheoryData<int, string> Numbered(IEnumerable<CorpusCase> cases) =>
        [.. cases.Select((item, index) => new TheoryDataRow<int, string>(index, item.Template))];

    private static object? Render(CorpusCase item)
    {
        var template = Template.Parse(item.Template, "model.sql");
        return item.IsNative ? template.RenderNative(item.Scope()) : template.Render(item.Scope());
    }

    private static void ShouldBeNative(object? value, CorpusCase item)
    {
        TypeNames.Of(value).ShouldBe(item.Type);
        if (value is not Undefined)
            Equality.Same(value, Native.From(item.Output)).ShouldBeTrue(Repr.Of(value));
    }

    /// <summary>The one message that tells of Python's generated code.</summary>
    private static string Reworded(string message) =>
        message.StartsWith("duplicate argument", StringComparison.Ordinal) ? "duplicate argument 'a' in function definition" : message;

    private static string FirstLine(string message) => message.Split('\n')[0];

    private static string NameOf(JinjaErrorKind kind) => kind switch
    {
        JinjaErrorKind.Syntax => "syntax",
        JinjaErrorKind.Runtime => "TemplateRuntimeError",
        JinjaErrorKind.Rendering => "JinjaRenderingError",
        _ => kind + "Error",
    };
}
