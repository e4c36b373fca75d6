using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Land.Contracts.Reading;
using Weir.Land.Fast.Contracts;

namespace Weir.Land.Contracts.Migrations;

/// <summary>How events of one version become events of the next.</summary>
/// <param name="From">The version before.</param>
/// <param name="To">The version after.</param>
/// <param name="Rules">The changes, in their order.</param>
/// <param name="Examples">What must come of what.</param>
/// <param name="File">Where it stands, in the project.</param>
internal sealed record Migration(string From, string To, IReadOnlyList<MigrationRule> Rules, IReadOnlyList<Example> Examples, SourceValue File)
{
    /// <summary>Changes an event; null, or why that cannot be.</summary>
    public string? Apply(JsonObject root, ImputedFields imputed)
    {
        foreach (var rule in Rules)
            if (rule.Apply(root, imputed) is { } fault) return fault;
        return null;
    }

    /// <summary>Changes an event of the fast path; false: the plain path is asked.</summary>
    public bool TryApply(EventTree tree, ImputedFields imputed)
    {
        foreach (var rule in Rules)
            if (!rule.TryApply(tree, imputed)) return false;
        return true;
    }
}

/// <summary>An event before and after a migration.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="From">Before.</param>
/// <param name="To">After.</param>
/// <param name="At">Where it stands.</param>
internal sealed record Example(string Title, JsonElement From, JsonElement To, SourceValue At);
