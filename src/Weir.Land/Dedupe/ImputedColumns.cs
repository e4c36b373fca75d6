namespace Weir.Land.Dedupe;

/// <summary>Reads the column <c>_imputed</c>: a comma-separated list of the columns whose values Weir made up.</summary>
internal static class ImputedColumns
{
    /// <summary>Whether the id was made up: such an event shares its id with no other, and is never a duplicate.</summary>
    public static bool HasEventId(string? imputed) =>
        imputed is not null && imputed.Split(',').Contains("event_id", StringComparer.Ordinal);
}
