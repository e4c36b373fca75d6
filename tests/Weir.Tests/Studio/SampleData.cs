using System.Data.Common;
using Weir.Accounting;
using Weir.DuckDb;
using Weir.Events;
using Weir.Studio;

namespace Weir.Tests.Studio;

/// <summary>A shop's figures made up for these tests, consistent in themselves: Saturday 21 November 2026, 09:42 in Berlin.</summary>
internal sealed class SampleData : IStudioData
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 42, 17, TimeSpan.Zero);
    public static readonly string[] Sources = ["web", "mobile", "orders", "crm", "support"];

    public AccountReport Account { get; set; } = Report();

    public IReadOnlyList<QuarantineCount> Quarantined { get; set; } =
    [
        new("web", QuarantineReasons.WrongType, 1040), new("mobile", QuarantineReasons.InvalidTime, 501), new("web", QuarantineReasons.InvalidJson, 123),
    ];

    public IReadOnlyList<MinuteCount>? Minutes { get; set; }

    public Func<DbConnection> Warehouse { get; set; } = () => throw new IOException("no warehouse in this test");

    /// <summary>What reading the account throws, if anything.</summary>
    public Exception? Failure { get; set; }

    public Task<AccountReport> ReadAccountAsync(CancellationToken cancellationToken) =>
        Failure is { } failure ? Task.FromException<AccountReport>(failure) : Task.FromResult(Account);

    public IReadOnlyList<StreamLag> Lag { get; set; } = [];

    public Task<IReadOnlyList<StreamLag>> ReadLagAsync(CancellationToken cancellationToken) => Task.FromResult(Lag);

    public Task<IReadOnlyList<QuarantineCount>> ReadQuarantinedAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        Task.FromResult(Quarantined);

    public Task<IReadOnlyList<MinuteCount>> ReadMinutesAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        Task.FromResult(Minutes ?? [.. SomeMinutes(from.UtcDateTime)]);

    public Task<DbConnection> OpenWarehouseAsync(CancellationToken cancellationToken) => Task.FromResult(Warehouse());

    /// <summary>Lets the page read a warehouse made by statements.</summary>
    public DuckDBConnection UseWarehouse(params string[] statements)
    {
        var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        foreach (var statement in statements) connection.Execute(statement);
        Warehouse = connection.Duplicate;
        return connection;
    }

    public static AccountReport Report(int factor = 1)
    {
        double[] day = [.35, .22, .16, .14, .18, .3, .62, 1.2, 1.6, 1.5, 1.3, 1.2, 1.3, 1.4, 1.6, 1.6, 1.45, 1.35, 1.4, 1.55, 1.6, 1.3, .95, .6];
        long[] size = [9200, 5100, 1400, 90, 40];
        var rows = new List<AccountRow>();
        for (var hour = Now.UtcDateTime.Date.AddDays(-34); hour <= Now.UtcDateTime; hour = hour.AddHours(1))
        {
            for (var s = 0; s < Sources.Length; s++)
            {
                var wobble = 1 + 0.09 * Math.Sin(hour.DayOfYear * 1.7 + hour.Hour * 2.3 + s) + 0.04 * Math.Sin(hour.DayOfYear / 9.0);
                var part = hour.AddHours(1) > Now.UtcDateTime ? 42 / 60.0 : 1;
                var received = (long)(size[s] * day[(hour.Hour + 1) % 24] * wobble * part) * factor;
                var (duplicate, quarantined, dropped) = s < 2 ? (received * 15 / 100, received * 21 / 1000, received * 9 / 1000) : (0, 0, 0);
                var waiting = part < 1 ? received / 200 : 0;
                rows.Add(new AccountRow(Sources[s], hour, received, received - duplicate - quarantined - dropped - waiting, duplicate, quarantined, dropped, waiting, 0));
            }
        }

        return new AccountReport([.. rows.OrderBy(r => r.Source, StringComparer.Ordinal).ThenBy(r => r.Hour)], [], []);
    }

    private static IEnumerable<MinuteCount> SomeMinutes(DateTime from)
    {
        for (var i = 0; i < 60; i++)
        {
            var part = i == 59 ? .9 : 1;
            yield return new MinuteCount(from.AddMinutes(i), "web", (long)((232 + 24 * Math.Sin(i / 5.0) + 11 * Math.Sin(i * 2.1)) * part));
            yield return new MinuteCount(from.AddMinutes(i), "mobile", (long)((96 + 9 * Math.Sin(i / 7.0 + 1) + 7 * Math.Sin(i * 1.3)) * part));
            yield return new MinuteCount(from.AddMinutes(i), "orders", (long)((31 + 6 * Math.Sin(i / 4.0 + 2)) * part));
            if (i % 9 == 4) yield return new MinuteCount(from.AddMinutes(i), "support", 2);
        }
    }
}
