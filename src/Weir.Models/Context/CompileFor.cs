using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary>What a node is compiled for.</summary>
internal sealed record CompileFor
{
    /// <summary>What <c>is_incremental()</c> says.</summary>
    public bool Incremental { get; init; }

    /// <summary>The batch of a microbatch model: inputs that have an <c>event_time</c> give only its rows.</summary>
    public Batch? Batch { get; init; }

    /// <summary>Every input gives no rows.</summary>
    public bool Empty { get; init; }

    /// <summary>SQL that stands for the relation a generic test is about: its changed rows; null for all of it.</summary>
    public string? Tested { get; init; }

    /// <summary>Hears of each variable of the project's files that is used, with its value.</summary>
    public Action<string, object?>? NoteVar { get; init; }

    /// <summary>Functions that the runner offers this node.</summary>
    public Action<Scope>? Offer { get; init; }
}
