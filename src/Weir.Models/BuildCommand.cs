namespace Weir.Models;

/// <summary>Which part of a build is wanted; the words are dbt's.</summary>
public enum BuildCommand
{
    /// <summary>Seeds, snapshots, models and tests in the order of the graph; what passes is published.</summary>
    Build,

    /// <summary>Models only, without tests.</summary>
    Run,

    /// <summary>Tests only, against what is published.</summary>
    Test,

    /// <summary>Seeds only.</summary>
    Seed,

    /// <summary>Snapshots only.</summary>
    Snapshot,

    /// <summary>Nothing is made: the SQL of everything chosen is compiled.</summary>
    Compile,
}
