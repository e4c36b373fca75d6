namespace Weir.Events;

/// <summary>Why an event or row was quarantined. Each code is stable, and has a page <c>docs/errors/&lt;code&gt;.md</c>.</summary>
public static class QuarantineReasons
{
    /// <summary>Not a JSON text (RFC 8259): syntax, an unterminated string, a bare word, trailing text.</summary>
    public const string InvalidJson = "invalid_json";
    /// <summary>Valid JSON, but not an object.</summary>
    public const string NotAnObject = "not_an_object";
    /// <summary>Bytes that are not UTF-8.</summary>
    public const string InvalidUtf8 = "invalid_utf8";
    /// <summary>A NUL character, raw or escaped, in a text that is stored.</summary>
    public const string NulCharacter = "nul_character";
    /// <summary>The same member name twice in one object.</summary>
    public const string DuplicateMember = "duplicate_member";
    /// <summary>Nesting deeper than the limit.</summary>
    public const string TooDeep = "too_deep";
    /// <summary>An event longer than the limit.</summary>
    public const string TooLarge = "too_large";
    /// <summary>An empty line where an event was expected.</summary>
    public const string Empty = "empty";
    /// <summary>A required field is missing or null.</summary>
    public const string MissingField = "missing_field";
    /// <summary>A value of another type than declared.</summary>
    public const string WrongType = "wrong_type";
    /// <summary>A number outside the declared type's range or with more digits than it holds.</summary>
    public const string OutOfRange = "out_of_range";
    /// <summary>A text that is not a time, or a local time where the source declares no zone.</summary>
    public const string InvalidTime = "invalid_time";
    /// <summary>A time so far from the receive time that it cannot be true.</summary>
    public const string AbsurdTime = "absurd_time";
    /// <summary>A CSV record with more or fewer fields than its header.</summary>
    public const string ColumnCount = "column_count";
    /// <summary>A CSV record with a quote that never ends or stands in the wrong place.</summary>
    public const string InvalidCsv = "invalid_csv";
    /// <summary>A message type that its dialect does not know.</summary>
    public const string UnknownType = "unknown_type";
    /// <summary>The same id in the same client hour as another event with another name or client time.</summary>
    public const string ReusedId = "reused_id";
    /// <summary>An event without a user id and without an anonymous id.</summary>
    public const string NoIdentity = "no_identity";

    /// <summary>An event of a name that no contract has, from a source that demands one.</summary>
    public const string UnknownEvent = "unknown_event";
    /// <summary>A version that the event's contract does not have.</summary>
    public const string UnknownVersion = "unknown_version";
    /// <summary>An event that its contract does not allow.</summary>
    public const string ContractViolation = "contract_violation";

    /// <summary>An event of an old version of its contract that cannot be made one of the newest.</summary>
    public const string MigrationFailed = "migration_failed";
    /// <summary>An event that happened longer before it was received than its source takes.</summary>
    public const string TooOld = "too_old";

    /// <summary>Every code, in the order above.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        InvalidJson, NotAnObject, InvalidUtf8, NulCharacter, DuplicateMember, TooDeep, TooLarge, Empty, MissingField, WrongType, OutOfRange,
        InvalidTime, AbsurdTime, ColumnCount, InvalidCsv, UnknownType, ReusedId, NoIdentity, UnknownEvent, UnknownVersion, ContractViolation, MigrationFailed, TooOld,
    ];
}
