using Weir.Accounting;
using Weir.Events;

namespace Weir.Studio.Home.Account;

/// <summary>How many events are in quarantine for one reason, in words.</summary>
/// <param name="Reason">The stable code, which has a page in docs/errors.</param>
/// <param name="Words">What it means.</param>
/// <param name="Count">Events, of all sources.</param>
/// <param name="Sources">The sources, the one with most first.</param>
public sealed record ReasonCount(string Reason, string Words, long Count, IReadOnlyList<string> Sources)
{
    private static readonly Dictionary<string, string> Meaning = new()
    {
        [QuarantineReasons.InvalidJson] = "not valid JSON",
        [QuarantineReasons.NotAnObject] = "JSON, but not an object",
        [QuarantineReasons.InvalidUtf8] = "bytes that are not UTF-8",
        [QuarantineReasons.NulCharacter] = "a NUL character in a text",
        [QuarantineReasons.DuplicateMember] = "the same field twice",
        [QuarantineReasons.TooDeep] = "nested too deep",
        [QuarantineReasons.TooLarge] = "larger than the limit",
        [QuarantineReasons.Empty] = "an empty line",
        [QuarantineReasons.MissingField] = "a required field is missing",
        [QuarantineReasons.WrongType] = "a value of the wrong type",
        [QuarantineReasons.OutOfRange] = "a number out of range",
        [QuarantineReasons.InvalidTime] = "a time that cannot be read",
        [QuarantineReasons.AbsurdTime] = "a time that cannot be true",
        [QuarantineReasons.ColumnCount] = "too many or too few columns",
        [QuarantineReasons.InvalidCsv] = "broken CSV quoting",
        [QuarantineReasons.UnknownType] = "an unknown message type",
        [QuarantineReasons.ReusedId] = "an id used for another event",
        [QuarantineReasons.NoIdentity] = "no user and no anonymous id",
    };

    public static IReadOnlyList<ReasonCount> Of(IReadOnlyList<QuarantineCount> counts) =>
    [
        .. counts.Where(c => c.Count > 0).GroupBy(c => c.Reason)
            .Select(g => new ReasonCount(
                g.Key, Meaning.GetValueOrDefault(g.Key, g.Key.Replace('_', ' ')), g.Sum(c => c.Count),
                [.. g.OrderByDescending(c => c.Count).Select(c => c.Source).Distinct()]))
            .OrderByDescending(r => r.Count).ThenBy(r => r.Reason, StringComparer.Ordinal),
    ];
}
