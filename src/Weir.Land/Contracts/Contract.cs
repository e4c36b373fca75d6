using Weir.Land.Contracts.Migrations;

namespace Weir.Land.Contracts;

/// <summary>What is agreed about one event: its versions, and how the older ones become the newest.</summary>
/// <param name="Name">The name of its folder.</param>
/// <param name="Versions">The oldest first; at least one.</param>
/// <param name="Migrations">The steps between them: one less.</param>
/// <param name="Columns">The columns that it speaks of.</param>
internal sealed record Contract(string Name, IReadOnlyList<ContractVersion> Versions, IReadOnlyList<Migration> Migrations, IReadOnlyList<EventColumn> Columns)
{
    public ContractVersion Newest => Versions[^1];

    /// <summary>The place of the version that an event is of; -1: there is none.</summary>
    /// <param name="name">What the event is called.</param>
    /// <param name="version">The version it names, or its source declares; null: the newest that has its name.</param>
    public int VersionOf(string name, string? version)
    {
        for (var i = Versions.Count - 1; i >= 0; i--)
            if (Versions[i].Names.Contains(name) && (version is null || Versions[i].Version == version)) return i;
        return -1;
    }
}
