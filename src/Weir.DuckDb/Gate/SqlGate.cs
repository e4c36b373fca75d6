using System.Text.Json;

namespace Weir.DuckDb.Gate;

/// <summary>Decides whether a person's text may run: DuckDB's own parser reads it, and its whole tree is looked at.</summary>
internal static class SqlGate
{
    internal const int MaxLength = 500_000;
    private const int MaxDepth = 2_000;

    /// <exception cref="WeirException">The text is refused; each reason has its code.</exception>
    public static void Check(DuckDBConnection connection, string sql)
    {
        if (sql.Length > MaxLength) throw Refusals.TooLarge($"{sql.Length:N0} characters long; the limit is {MaxLength:N0}");
        if (sql.Contains('\0', StringComparison.Ordinal)) throw Refusals.Failed("the text has a NUL character.");
        using var tree = Parse(connection, sql);
        new TreeCheck(new Names(connection)).Check(tree.RootElement);
    }

    private static JsonDocument Parse(DuckDBConnection connection, string sql)
    {
        string serialised;
        try
        {
            serialised = connection.Scalar<string>("select json_serialize_sql(?::varchar)", sql)!;
        }
        catch (DuckDBException error)
        {
            throw Refusals.Failed(error.Message, error);
        }

        JsonDocument tree;
        try
        {
            tree = JsonDocument.Parse(serialised, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException)
        {
            throw Refusals.TooLarge("nested too deeply");
        }

        var root = tree.RootElement;
        var refusal = root.GetProperty("error").GetBoolean()
            ? Refuse(root, sql)
            : root.GetProperty("statements").GetArrayLength() switch { 0 => Refusals.Nothing(), 1 => null, _ => Refusals.SeveralStatements() };
        if (refusal is null) return tree;
        tree.Dispose();
        throw refusal;
    }

    private static WeirException Refuse(JsonElement root, string sql)
    {
        if (root.GetProperty("error_type").GetString() == "not implemented") return Statements.Refuse(sql);
        var message = root.GetProperty("error_message").GetString()!;
        return message.StartsWith("Max expression depth", StringComparison.Ordinal) || message.StartsWith("memory exhausted", StringComparison.Ordinal)
            ? Refusals.TooLarge("nested too deeply")
            : Refusals.Failed(message);
    }
}
