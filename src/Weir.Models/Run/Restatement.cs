using System.Globalization;
using Weir.Models.Materialize;
using Weir.Models.Materialize.Changes;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>Says what an incremental run made anew, and which changes of its inputs made it do so.</summary>
internal static class Restatement
{
    public static async Task<string> TellAsync(Node node, ChangedRows rows, Made made, Warehouse warehouse, CancellationToken cancellation)
    {
        if (made.Delta is not { } delta)
            return "all of it: its columns changed";
        var returned = await CountAsync($"select * from {delta.Table}");
        var replaced = await CountAsync(delta.RemovedRows(warehouse.Published(node)));
        var inputs = new List<string>();
        foreach (var (input, added, removed) in rows.News)
        {
            var (came, went) = (await CountAsync(added), await CountAsync(removed));
            if (came + went > 0)
                inputs.Add($"{input} {Signed(came, '+')}{Signed(went, '-')}");
        }

        var units = rows.HasUnits ? $"{Number(await CountAsync($"select * from {warehouse.TouchedOf(node)}"))} × {string.Join(", ", node.Config.Texts("unique_key"))}: " : "";
        var because = inputs.Count == 0 ? rows.News.Count > 0 ? ", for nothing changed" : "" : $", for {string.Join("; ", inputs)}";
        return $"{units}{Number(replaced)} rows replaced by {Number(returned)}{because}";

        Task<long> CountAsync(string sql) => warehouse.SingleAsync($"select count(*) from ({sql})", row => row.GetInt64(0), cancellation);
    }

    private static string Signed(long rows, char sign) => rows == 0 ? "" : $"{sign}{Number(rows)}";

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
