using Weir.Studio.Home.Account;
using Weir.Studio.Home.Attention;
using Weir.Studio.Home.Figures;
using Weir.Studio.Text;
using Weir.Studio.Time;

namespace Weir.Studio.Home;

/// <summary>The page's heading: is the data right, how does the first figure stand, what changed most. Each part states a fact that the page shows, or is left out.</summary>
internal static class Sentence
{
    public static IReadOnlyList<string> Of(HomeView view)
    {
        if (view.IsEmpty) return ["Nothing has been received yet."];
        var figure = view.Figures.Count == 0 ? null : OfFigure(view.Figures[0], view.Choice);
        var change = view.Changes is { IsStruck: false, List.Count: > 0 } changes ? OfChange(changes.List[0], view.Choice) : null;
        var second = (figure, change) switch
        {
            // A subject that begins with a capital may be a name; it then begins a sentence of its own.
            ({ } f, { } c) => char.IsUpper(c[0]) ? $"{f}. {c}." : $"{f}; {c}.",
            ({ } f, null) => $"{f}.",
            (null, { } c) => $"{Capital(c)}.",
            _ => null,
        };
        return [.. new[] { OfAccount(view.Account, view.Choice), second }.OfType<string>()];
    }

    internal static string OfAccount(AccountView? account, TimeChoice choice)
    {
        if (account is null) return "The account cannot be read.";
        if (account.Difference != 0)
        {
            var size = Math.Abs(account.Difference);
            return $"{Numbers.Exact(size)} {(size == 1 ? "event is" : "events are")} {(account.Difference > 0 ? "unaccounted for" : "accounted for twice")}.";
        }

        if (!account.AddsUp) return "The account does not add up.";
        if (account.Totals.Received == 0)
        {
            var last = account.LastHour is { } hour ? $"; the last events came {Times.When(hour, choice.Today)}" : "";
            return choice.Key switch
            {
                "today" => $"Nothing has arrived today{last}.",
                "yesterday" => $"Nothing arrived yesterday{last}.",
                _ => $"Nothing arrived in the {choice.Label.ToLowerInvariant()}{last}.",
            };
        }

        var waiting = account.Totals.Waiting;
        // Some events are always between journal and lake; only more than that is worth a word.
        return waiting * 100 <= account.Totals.Received ? "Everything arrived." : $"Everything is accounted for, {Numbers.Exact(waiting)} still {(waiting == 1 ? "waits" : "wait")} to land.";
    }

    internal static string? OfFigure(FigureView figure, TimeChoice choice)
    {
        if (figure.Error is not null) return null;
        if (figure.IsStruck) return $"{figure.Label} cannot be judged: {figure.Table} failed";
        var old = figure is { IsStale: true, Status: { } status } ? $" as of {Times.Age(status.Age(choice.Now)!.Value)} ago" : "";
        var isMany = figure.Label.Split([" by ", " with ", ", "], StringSplitOptions.None)[0] is [.., not 's', 's'];
        if (figure.Value.Value == Numbers.None) return $"{figure.Label} {(isMany ? "have" : "has")} {figure.Against}";
        if (figure.OnLastDay is { } lastDay) return $"{lastDay}, {InSentence(figure.Label)} was {figure.Value}{OfPast(figure)}{old}";
        var verb = choice.Key == "yesterday" ? isMany ? "were" : "was" : isMany ? "are" : "is";
        if (figure.Fraction is not { } change)
            return $"{figure.Label} {verb} {figure.Value}{old}{(choice is { IsUnfinished: true, Days: 1 } ? " so far" : "")}, with {Without(figure.Against)}";
        var than = figure.Against.Replace(", whole days", "", StringComparison.Ordinal);
        var when = figure.IsSameTime ? $"{than} at this hour" : than;
        if (figure.Tone == Tone.Flat && Math.Abs(change) < 0.0005) return $"{figure.Label} {verb} level with {when}{old}";
        var size = figure.Change!.TrimStart('+', Numbers.Minus);
        return figure.Change.StartsWith('×')
            ? $"{figure.Label} {verb} {figure.Change[2..]} times that of {when}{old}"
            : $"{figure.Label} {verb} {size} {(change > 0 ? "above" : "below")} {when}{old}";
    }

    private static string OfPast(FigureView figure)
    {
        if (figure.Fraction is not { } change) return $", with {Without(figure.Against)}";
        if (figure.Tone == Tone.Flat && Math.Abs(change) < 0.0005) return $", level with {figure.Against}";
        return figure.Change!.StartsWith('×') ? $", {figure.Change[2..]} times that of {figure.Against}"
            : $", {figure.Change.TrimStart('+', Numbers.Minus)} {(change > 0 ? "above" : "below")} {figure.Against}";
    }

    internal static string OfChange(ChangeView change, TimeChoice choice)
    {
        var verb = change.IsUp ? "rose" : "fell";
        if (change.Since is not { } since) return $"{change.Subject} {verb}";
        var when = Times.When(since, choice.Today);
        return char.IsAsciiDigit(when[0]) && when.Contains(':', StringComparison.Ordinal) ? $"{change.Subject} {verb} at {when}"
            : char.IsAsciiDigit(when[0]) || char.IsUpper(when[0]) ? $"{change.Subject} {verb} on {when}"
            : $"{change.Subject} {verb} {when}";
    }

    private static string Without(string against) => against.StartsWith("no ", StringComparison.Ordinal) ? against : "nothing comparable";

    // An abbreviation keeps its capitals.
    private static string InSentence(string label) => label.Length > 1 && char.IsLower(label[1]) ? char.ToLowerInvariant(label[0]) + label[1..] : label;

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
