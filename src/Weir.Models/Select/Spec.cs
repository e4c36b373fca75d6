namespace Weir.Models.Select;

/// <summary>What to choose: single selectors and their combinations.</summary>
internal abstract record Spec;

internal sealed record One(Criterion Criterion, IndirectSelection? Indirect = null) : Spec;

/// <summary>What any part chooses.</summary>
internal sealed record Union(IReadOnlyList<Spec> Parts) : Spec;

/// <summary>What every part chooses.</summary>
/// <param name="Text">As written, to say that it matches nothing; null when that needs no word.</param>
internal sealed record Intersection(IReadOnlyList<Spec> Parts, string? Text = null) : Spec;

internal sealed record Difference(Spec From, Spec Without) : Spec;

/// <summary>Reads selectors of a command line: a space is a union, a comma an intersection.</summary>
internal static class SpecReader
{
    /// <exception cref="WeirException">WEIR7017: a selector is wrong.</exception>
    public static Spec Read(IReadOnlyList<string> select, IReadOnlyList<string> exclude)
    {
        var from = select.Count == 0 ? Read(["fqn:*", "source:*", "exposure:*"], quiet: true) : Read(select, quiet: false);
        return exclude.Count == 0 ? from : new Difference(from, Read(exclude, quiet: false));
    }

    private static Union Read(IReadOnlyList<string> texts, bool quiet) => new(
        [.. texts.SelectMany(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(text => new Intersection([.. text.Split(',').Select(part => new One(Criterion.Parse(part)))], quiet ? null : text))]);
}
