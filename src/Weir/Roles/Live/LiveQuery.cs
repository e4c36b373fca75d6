using Microsoft.AspNetCore.Http;
using Weir.Land.Tap;

namespace Weir.Roles.Live;

/// <summary>The filter of a subscription as the query of its address.</summary>
internal static class LiveQuery
{
    private static readonly string[] Names = ["source", "event", "user", "where"];

    /// <exception cref="WeirException">WEIR9021: it says something that the tap does not understand.</exception>
    public static TapFilter Read(IQueryCollection query, IReadOnlyCollection<string> sources)
    {
        if (query.Keys.FirstOrDefault(k => !Names.Contains(k, StringComparer.Ordinal)) is { } unknown) throw Wrong($"it knows no '{unknown}'; it knows {string.Join(", ", Names)}");
        var source = One("source");
        if (source is not null && !sources.Contains(source)) throw Wrong($"there is no source '{source}'; declared: {string.Join(", ", sources)}");
        return new TapFilter(source, One("event"), One("user"),
            [.. query["where"].OfType<string>().Select(text => TapCondition.TryParse(text) ?? throw Wrong($"'{text}' is not a condition; write path=value, path!=value or path~value"))]);

        string? One(string name) => query[name].Count <= 1 ? query[name].FirstOrDefault() : throw Wrong($"'{name}' is given twice");
    }

    /// <summary>The query of a filter's options.</summary>
    public static string Write(string? source, string? name, string? user, IEnumerable<string> where)
    {
        IEnumerable<(string Name, string? Value)> all = [("source", source), ("event", name), ("user", user), .. where.Select(w => ("where", (string?)w))];
        return string.Join('&', all.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
    }

    private static WeirException Wrong(string what) => new("WEIR9021", $"The live tap does not understand this address: {what}.");
}
