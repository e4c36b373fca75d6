using Weir.Models.Materialize;
using Weir.Models.Project;

namespace Weir.Models.Audit;

/// <summary>
/// On an incremental run a test that judges row by row sees only the changed units, and <c>unique</c> only the values they hold, in the whole table. Other tests see all:
/// nobody knows what they look at.
/// </summary>
internal static class ChangedUnits
{
    private static readonly string[] RowByRow = ["not_null", "accepted_values", "relationships"];

    /// <returns>SQL that stands for the tested relation; null when all of it must be tested.</returns>
    public static string? Of(GenericTest test, Node tested, Made? made, Warehouse warehouse)
    {
        if (made?.Delta is not { } delta)
            return null;
        if (RowByRow.Contains(test.Test))
            return delta.Table;
        return test is { Test: "unique", ColumnName: { } column }
            ? $"(select * from {warehouse.Aside(tested)} where ({column}) in (select ({column}) from {delta.Table})) weir_changed_keys"
            : null;
    }
}
