namespace Weir.Models.Materialize.Changes;

/// <summary>What a node's new version changed of the one published before.</summary>
internal enum ChangeKind
{
    /// <summary>No reader asks for it, so nothing was found out.</summary>
    NotAsked,

    /// <summary>The same rows.</summary>
    None,

    /// <summary>Rows came or went; they lie in a table aside.</summary>
    Rows,

    /// <summary>Other columns, or no table before: whoever read it must read all.</summary>
    Everything,
}

/// <summary>An input of a model and the version it was read in.</summary>
/// <param name="Input">Which: <c>main.events</c>, <c>source lake.events</c>, <c>view main.stg_events</c>.</param>
/// <param name="Version">Null for a relation of the project: the one the publishing transaction gives it.</param>
internal readonly record struct InputRead(string Input, long? Version);
