using Weir.Studio.Text;
using Weir.Studio.Warehouse;

namespace Weir.Studio.Home;

/// <summary>Whether a page's figures can be trusted, in a word or two: the mark at the top of each page.</summary>
/// <param name="Class">Good, warn, bad, or nothing.</param>
/// <param name="Icon">The icon's name.</param>
/// <param name="Words">What it says.</param>
/// <param name="More">What it says where there is room.</param>
/// <param name="Title">For a tooltip.</param>
public sealed record PageState(string Class, string Icon, string Words, string More, string Title)
{
    internal static PageState Of(IReadOnlyList<WeirException> errors, IReadOnlyList<RelationStatus> builds, IReadOnlyList<RelationStatus> stale, TimeSpan staleAfter, DateTimeOffset now) =>
        Of(errors, builds, stale, builds.Where(b => b.BuiltAt is not null).MinBy(b => b.BuiltAt), staleAfter, now);

    /// <param name="oldest">The oldest of the tables shown, where not all builds are.</param>
    internal static PageState Of(
        IReadOnlyList<WeirException> errors, IReadOnlyList<RelationStatus> builds, IReadOnlyList<RelationStatus> stale, RelationStatus? oldest, TimeSpan staleAfter, DateTimeOffset now)
    {
        var passed = builds.Sum(b => b.Passed);
        var failed = builds.Sum(b => b.Failed);
        var broken = builds.Count(b => b.HasFailed);
        var passes = passed == 1 ? "1 check passes" : $"{Numbers.Exact(passed)} checks pass";
        var age = oldest?.Age(now);
        var title = oldest is null ? "" : $"The oldest table of this page, {oldest.Relation}, was built {oldest.BuiltAt:yyyy-MM-dd HH:mm:ss} UTC";
        var more = failed + broken > 0 || errors.Count > 0 || builds.Count == 0 || stale.Count > 0 || age is null ? "" : passes;
        var (mark, icon, words) =
            errors.Count > 0 ? ("bad", "file-alert", errors.Count == 1 ? errors[0].Code : $"{errors.Count} errors")
            : builds.Count == 0 ? ("", "info-circle", "Nothing built yet")
            : failed > 0 ? ("bad", "shield-x", $"{Numbers.Exact(failed)} of {Numbers.Exact(failed + passed)} checks fail")
            : broken > 0 ? ("bad", "shield-x", broken == 1 ? "1 table failed" : $"{broken} tables failed")
            : stale.Count > 0 ? ("warn", "clock", $"Stale, {Times.Age(stale[0].Age(now)!.Value)} old")
            : ("good", "circle-check", age is not { } a ? passes : a > staleAfter ? "Nothing newer" : $"Fresh {Times.Age(a)}");
        return new PageState(mark, icon, words, more, title);
    }
}
