using System.Text.Json;
using Weir.Land.Fast.Contracts;

namespace Weir.Land.Contracts.Schemas;

/// <summary>A compiled schema: its rules in a fixed order, so that the same event always breaks the same one first.</summary>
internal sealed class Schema(IEnumerable<Rule> all)
{
    private readonly Rule[] rules = [.. all];

    public static Schema Anything { get; } = new([]);

    public static Schema Nothing { get; } = new([new NothingRule()]);

    /// <summary>The first rule that a value breaks; null: it is valid.</summary>
    public Violation? Find(JsonElement value)
    {
        foreach (var rule in rules)
            if (rule.Find(value) is { } violation) return violation;
        return null;
    }

    /// <summary>Whether a value of an event on the fast path is surely valid; where a rule cannot say, the tree is no longer sure.</summary>
    public bool Holds(EventTree tree, int at)
    {
        foreach (var rule in rules)
            if (!rule.Holds(tree, at)) return false;
        return true;
    }
}

/// <summary>What one keyword, or a few that belong together, say of a value. A rule says nothing of values of other types than its own.</summary>
internal abstract class Rule
{
    public abstract Violation? Find(JsonElement value);

    /// <summary>Whether <see cref="Find"/> finds nothing in a value of the fast path; false as well where that is not sure, and then the tree says so (<see cref="EventTree.Doubt"/>).</summary>
    public abstract bool Holds(EventTree tree, int at);

    private protected static Violation Breaks(string keyword, string expected) => new("", keyword, expected);
}

/// <summary>The schema <c>false</c>.</summary>
internal sealed class NothingRule : Rule
{
    public override Violation? Find(JsonElement value) => Breaks("false", "expected nothing here");

    public override bool Holds(EventTree tree, int at) => false;
}
