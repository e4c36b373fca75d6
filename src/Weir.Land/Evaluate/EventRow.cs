namespace Weir.Land.Evaluate;

/// <summary>One event as it lands in <c>lake.events</c>; members in the table's column order. Times are UTC (<see cref="DateTimeKind.Utc"/>), whole microseconds.</summary>
internal sealed class EventRow
{
    /// <summary>The id as a UUID; see <see cref="EventIds"/> for the ids that clients did not send as UUIDs.</summary>
    public Guid Id { get; set; }

    /// <summary>The column: lower-case UUID text.</summary>
    public string EventId => Id.ToString("D");

    public string Source { get; set; } = "";
    public string Event { get; set; } = "";

    /// <summary>The client's own stamp, its zone applied, its clock not corrected; null: the event carries none.</summary>
    public DateTime? ClientTime { get; set; }

    /// <summary>When it happened, the client's clock corrected where its time of sending is known.</summary>
    public DateTime EventTime { get; set; }

    public DateTime ReceivedAt { get; set; }
    public DateTime? SentAt { get; set; }
    public string? UserId { get; set; }
    public string? AnonymousId { get; set; }
    public string? SessionId { get; set; }
    public string? SchemaVersion { get; set; }
    public string? PageUrl { get; set; }
    public string? PagePath { get; set; }
    public string? PageTitle { get; set; }
    public string? PageReferrer { get; set; }
    public string? UtmSource { get; set; }
    public string? UtmMedium { get; set; }
    public string? UtmCampaign { get; set; }
    public string? UtmTerm { get; set; }
    public string? UtmContent { get; set; }
    public string? Platform { get; set; }
    public string? DeviceType { get; set; }
    public string? DeviceId { get; set; }
    public string? OsName { get; set; }
    public string? OsVersion { get; set; }
    public string? Browser { get; set; }
    public string? AppVersion { get; set; }
    public string? AppName { get; set; }
    public string? Locale { get; set; }
    public string? Country { get; set; }
    public string? Ip { get; set; }
    public string? UserAgent { get; set; }
    public string? OrderId { get; set; }
    public string? ProductId { get; set; }
    public string? ProductName { get; set; }
    public string? Category { get; set; }
    public int? Quantity { get; set; }

    /// <summary>DECIMAL(18,4).</summary>
    public decimal? Price { get; set; }

    /// <summary>DECIMAL(18,4).</summary>
    public decimal? Revenue { get; set; }

    public string? Currency { get; set; }
    public string? Coupon { get; set; }
    public string? CartId { get; set; }

    /// <summary>JSON text of an object.</summary>
    public string? Context { get; set; }

    /// <summary>JSON text of an object.</summary>
    public string? Properties { get; set; }

    /// <summary>What Weir made up, comma-separated: columns (<c>event_id</c>, <c>event_time</c>), and paths within <c>properties</c> and <c>context</c>; null: nothing.</summary>
    public string? Imputed { get; set; }

    /// <summary>What there is to know of it, comma-separated: of <see cref="EventFlags"/>; null: nothing.</summary>
    public string? Flags { get; set; }

    public string Dialect { get; set; } = "";
    public string Stream { get; set; } = "";
    public long Position { get; set; }

    /// <summary>Partition: the day of <see cref="EventTime"/>, <c>yyyy-MM-dd</c>.</summary>
    public string Date => EventTime.ToString("yyyy-MM-dd");

    /// <summary>Partition: the hour of <see cref="EventTime"/>, 0 to 23.</summary>
    public int Hour => EventTime.Hour;
}
