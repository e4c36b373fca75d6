using System.Data.Common;

namespace Weir.Studio.Warehouse;

/// <summary>Reads <c>weir.nodes</c>, which the runner writes at the end of each build.</summary>
internal static class BuildReader
{
    public static async Task<IReadOnlyList<RelationStatus>> ReadAsync(WarehouseReader warehouse, CancellationToken cancellationToken)
    {
        if (!warehouse.Catalogue.Has("weir.nodes")) return [];
        // A runner that does not tell when a table was published has published it when it was built.
        var published = warehouse.Catalogue.Find("weir.nodes", "Home").TryFind("published_at") is null ? "built_at" : "published_at";
        return await warehouse.QueryAsync(
            $"""
            select relation, {published}, built_at, coalesce(checks_passed, 0)::bigint, coalesce(checks_failed, 0)::bigint,
                   coalesce(status::varchar, ''), coalesce(message::varchar, '')
            from weir.nodes where relation is not null
            qualify row_number() over (partition by relation order by built_at desc nulls last) = 1
            order by relation
            """,
            r => new RelationStatus(r.GetString(0), Time(r, 1), Time(r, 2), r.GetInt64(3), r.GetInt64(4), r.GetString(5), r.GetString(6)), [], cancellationToken);
    }

    private static DateTimeOffset? Time(DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc));

    /// <summary>The status of a table by the name that home.yml gives it; the runner may write it with its schema, and quoted.</summary>
    public static RelationStatus? Of(this IEnumerable<RelationStatus> statuses, string table)
    {
        static string Bare(string name)
        {
            var plain = name.Replace("\"", "", StringComparison.Ordinal);
            var parts = plain.Split('.');
            return parts.Length > 1 && parts[^2] != "main" ? $"{parts[^2]}.{parts[^1]}" : parts[^1];
        }

        return statuses.FirstOrDefault(s => Catalogue.Same(Bare(s.Relation), Bare(table)));
    }
}
