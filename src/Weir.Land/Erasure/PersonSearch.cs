using System.Collections.Immutable;
using System.Text;
using Weir.DuckDb;
using Weir.Journal;
using Weir.Lake;
using Weir.Sources;

namespace Weir.Land.Erasure;

/// <summary>A row of a person.</summary>
internal sealed record PersonRow(string Stream, long Position, string Source, DateTime ReceivedAt);

/// <summary>Looks for a person's rows in the lake's files. What a filter in SQL lets through is looked at exactly.</summary>
internal sealed class PersonSearch : IDisposable
{
    private const int FilesAtOnce = 200;
    private static readonly string[] NotSent = ["_stream", "_dialect", "source", "reason"];
    private readonly PersonMatch person;
    private readonly KeyStore keys;
    private readonly IReadOnlyList<SourceDefinition> sources;
    private readonly DuckDBConnection connection;

    public PersonSearch(PersonMatch person, KeyStore keys, IReadOnlyList<SourceDefinition> sources, string temporaryFolder)
    {
        (this.person, this.keys, this.sources) = (person, keys, sources);
        connection = new DuckDBConnection($"Data Source=:memory:;threads=1;memory_limit=512MB;temp_directory={temporaryFolder}");
        connection.Open();
        connection.Execute("SET TimeZone = 'UTC'");
    }

    /// <summary>The files of a table that hold some, with these rows.</summary>
    public IEnumerable<(AddFile File, IReadOnlyList<PersonRow> Rows)> Find(TableSnapshot table, Action<double> progress, CancellationToken cancellationToken)
    {
        var question = QuestionOf(table.Definition);
        var done = 0;
        foreach (var batch in table.Files.Values.OrderBy(f => f.Path, StringComparer.Ordinal).Chunk(FilesAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (question.Where is not null && Ask(table, batch, $"SELECT count(*) FROM {question.View} WHERE {question.Where}", r => r.GetInt64(0))[0] > 0)
                foreach (var file in batch)
                    if (RowsOf(table, file, question) is { Count: > 0 } rows) yield return (file, rows);
            progress((double)(done += batch.Length) / table.Files.Count);
        }
    }

    public void Dispose() => connection.Dispose();

    private List<PersonRow> RowsOf(TableSnapshot table, AddFile file, Question question)
    {
        var found = Ask(table, [file], $"""
            SELECT _stream, _position, source, epoch_us(received_at), {question.Text}, {question.Sealed}, {question.Envelope}{string.Concat(question.Ids.Select(i => $", {ListOf(i.Columns)}"))}
            FROM {question.View} WHERE {question.Where}
            """, r => (
                Row: new PersonRow(r.GetString(0), r.GetInt64(1), r.GetString(2), DateTime.UnixEpoch.AddMicroseconds(r.GetInt64(3))),
                Texts: Text(r, 4), Sealed: Bytes(r, 5), Envelope: Bytes(r, 6), HasId: question.Ids.Where((id, n) => IsIn(id.Kind, Text(r, 7 + n))).Any()));
        return [.. found.Where(f => f.HasId || person.HasEmail(f.Texts) || IsSealed(f.Row, f.Sealed) || IsSealed(f.Row, f.Envelope)).Select(f => f.Row)];
    }

    private bool IsIn(PersonIdKind kind, string? values) => values is not null && values.Split('\n').Any(v => person.IsIn(kind, v));

    /// <summary>Bytes whose key was destroyed hold nobody any more.</summary>
    private bool IsSealed(PersonRow row, byte[]? bytes)
    {
        if (bytes is null || keys.TryGet(row.Source, DateOnly.FromDateTime(row.ReceivedAt)) is not { } key) return false;
        using var sealer = new Sealer(key);
        return person.IsInSent(Encoding.UTF8.GetString(sealer.Open(bytes)));
    }

    private List<T> Ask<T>(TableSnapshot table, IReadOnlyList<AddFile> files, string sql, Func<DuckDBDataReader, T> read)
    {
        var narrowed = table with { Files = files.ToImmutableDictionary(f => f.Path, StringComparer.Ordinal) };
        using var held = LakeFiles.Hold(table, files);
        LakeViews.Create(connection, new Snapshot(0, new Dictionary<string, TableSnapshot> { [table.Definition.Name] = narrowed }, new Dictionary<string, long>()));
        return [.. connection.Query(sql, read)];
    }

    /// <summary>Which columns hold what, and a condition that holds for all rows of the person and for few others.</summary>
    private Question QuestionOf(TableDefinition table)
    {
        var declared = sources.FirstOrDefault(s => s.Entity == table.Name)?.Fields ?? [];
        var columns = table.Columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        string[] Of(PersonIdKind kind, string? ofEvents) => table.IsEntity ? [.. declared.Where(f => PersonId.KindOfColumn(f) == kind).Select(f => f.Name).Where(columns.Contains)] : ofEvents is not null && columns.Contains(ofEvents) ? [ofEvents] : [];
        IdColumns[] ids = [new(PersonIdKind.User, Of(PersonIdKind.User, "user_id")), new(PersonIdKind.Anonymous, Of(PersonIdKind.Anonymous, "anonymous_id")), new(PersonIdKind.Device, Of(PersonIdKind.Device, "device_id")), new(PersonIdKind.Crm, Of(PersonIdKind.Crm, null))];
        var isSealed = columns.Contains("sealed");
        var text = person.Emails.Count == 0 ? "NULL::VARCHAR" : $"concat_ws(chr(10), {string.Join(", ", table.Columns.Where(c => c.SqlType == "VARCHAR" && !NotSent.Contains(c.Name)).Select(c => Sql.Name(c.Name)))})";
        List<string> where =
        [
            .. ids.Where(i => person.Of(i.Kind).Count > 0).SelectMany(i => i.Columns.Select(c => $"trim({Sql.Name(c)}::VARCHAR) IN ({Values(person.Of(i.Kind))})")),
            .. person.Emails.Select(e => $"contains(lower({text}), {Sql.Text(e)})"),
            .. person.Hashes.Select(h => $"contains({text}, {Sql.Text(h)})"),
        ];
        if (person.Emails.Count > 0) where.Add($"contains({text}, '\\u') OR contains({text}, '%40')"); // escaped
        if (isSealed) where = ["true"];
        return new Question($"lake.{Sql.Name(table.IsEntity ? $"{table.Name}_history" : table.Name)}", ids, text, isSealed ? "sealed" : "NULL::BLOB", columns.Contains("sealed_envelope") ? "sealed_envelope" : "NULL::BLOB", where.Count == 0 ? null : $"({string.Join(") OR (", where)})");
    }

    private static string ListOf(IReadOnlyList<string> columns) => columns.Count == 0 ? "NULL::VARCHAR" : $"concat_ws(chr(10), {string.Join(", ", columns.Select(c => $"{Sql.Name(c)}::VARCHAR"))})";

    private static string Values(IEnumerable<string> values) => string.Join(", ", values.Select(Sql.Text));

    private static string? Text(DuckDBDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static byte[]? Bytes(DuckDBDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    private sealed record IdColumns(PersonIdKind Kind, IReadOnlyList<string> Columns);

    private sealed record Question(string View, IReadOnlyList<IdColumns> Ids, string Text, string Sealed, string Envelope, string? Where);
}
