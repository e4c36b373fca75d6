namespace Weir.Models;

/// <summary>Tells what became of a source's table between two versions of the lake, so that models read only what is new.</summary>
public interface ISourceChanges
{
    /// <summary>What the publishing transaction keeps of the version that the build reads, for the next build to ask with.</summary>
    string Mark { get; }

    /// <summary>The change of a table from a version to the one the build reads.</summary>
    /// <param name="schema">The source's schema.</param>
    /// <param name="table">The table or view in it.</param>
    /// <param name="mark">The <see cref="Mark"/> of the version that was read before.</param>
    /// <returns>Null when it is not known; then a model that asks is built whole.</returns>
    SourceChange? Since(string schema, string table, string mark);

    /// <summary>The version of a source that has versions of its own, not the lake's: then <see cref="SinceVersion"/> is asked.</summary>
    long? VersionOf(string schema, string table) => null;

    /// <summary>As <see cref="Since"/>, from a version that <see cref="VersionOf"/> once told.</summary>
    SourceChange? SinceVersion(string schema, string table, long version) => null;
}

/// <summary>A change as two SELECTs with the columns of the table, one row as often as it came or went.</summary>
/// <param name="Added">Rows that are there now and were not.</param>
/// <param name="Removed">Rows that were there and are not.</param>
public sealed record SourceChange(string Added, string Removed);
