using Weir.Identity.Resolving;

namespace Weir.Identity;

/// <summary>An id as a person writes it: <c>user=4711</c>, or its key, which is a customer's id, too.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Value">Its value as the tables have it; null: only the key is known.</param>
/// <param name="IsStrong">Whether it unites.</param>
internal sealed record IdText(string Key, string Kind, string? Value, bool IsStrong)
{
    /// <returns>Null: it is neither.</returns>
    public static IdText? Parse(string text, IdentityRules rules, Func<string, string> hash)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) return new IdKinds(rules.Strong).TryRead(text, out var key) ? new IdText(text, rules.Strong[key.Kind], null, true) : null;
        var (kind, value) = (text[..equals], text[(equals + 1)..].Trim());
        var isStrong = rules.Strong.Contains(kind);
        if (value.Length == 0 || (!isStrong && !rules.Weak.Contains(kind))) return null;
        if (kind == IdentityRules.Email && value.Contains('@', StringComparison.Ordinal)) value = hash(value);
        return new IdText(IdKinds.KeyOf(kind, value), kind, value, isStrong);
    }
}
