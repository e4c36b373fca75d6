namespace Weir.Models.Materialize;

/// <summary>What was made aside.</summary>
/// <param name="Rows">Rows of the table as it will be; null for a view.</param>
/// <param name="ViewSql">The SQL of a view, to be made again under its final name; null for a table.</param>
/// <param name="Delta">How to apply an incremental run of which only the delta was made; null when all was made.</param>
internal sealed record Made(long? Rows, string? ViewSql = null, Delta? Delta = null);

/// <summary>
/// An incremental run as rows: those of <see cref="Table"/> replace the published rows for which <see cref="Removed"/> holds. Until that is
/// published, a view made aside shows the outcome.
/// </summary>
/// <param name="Table">The table with the new rows, which has the columns of the published one.</param>
/// <param name="Alias">The name that <paramref name="Removed"/> gives the published table.</param>
/// <param name="Removed">A condition on a published row; null when no row goes.</param>
/// <param name="Columns">The columns of both, as SQL.</param>
internal sealed record Delta(string Table, string Alias, string? Removed, string Columns)
{
    /// <summary>Whether the outcome was made as a table too: then it is swapped in, and nothing is left to apply.</summary>
    public bool IsCopied { get; init; }

    /// <summary>The published rows that go.</summary>
    public string RemovedRows(string published) => $"select {Columns} from {published} as {Alias} where {Removed ?? "false"}";

    /// <summary>What the table will hold.</summary>
    public string Whole(string published) =>
        $"select {Columns} from {published} as {Alias}{(Removed is null ? "" : $" where ({Removed}) is not true")} union all select {Columns} from {Table}";

    /// <summary>The statements that bring the published table there.</summary>
    public IEnumerable<string> Apply(string published)
    {
        if (Removed is not null)
            yield return $"delete from {published} as {Alias} where {Removed}";
        yield return $"insert into {published} ({Columns}) select {Columns} from {Table}";
    }
}
