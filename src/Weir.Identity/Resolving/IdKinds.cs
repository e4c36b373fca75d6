using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Identity.Resolving;

/// <summary>Writes and reads the key of an id: its kind, <c>-</c>, and the first 128 bits of SHA-256 of <c>kind:value</c> in hexadecimal.</summary>
internal sealed class IdKinds(IReadOnlyList<string> strong)
{
    private const int Digits = 32;

    private readonly byte[][] prefixes = [.. strong.Select(kind => Encoding.UTF8.GetBytes($"{kind}-"))];

    /// <summary>How long a key may be in UTF-8.</summary>
    public int MostBytes => prefixes.Max(p => p.Length) + Digits;

    /// <summary>The key of an id, of whatever kind.</summary>
    public static string KeyOf(string kind, string value) => $"{kind}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{value}")))[..Digits]}";

    /// <summary>The same in SQL.</summary>
    public static string KeySql(string kind, string value) => $"{kind} || '-' || left(sha256({kind} || ':' || {value}), {Digits})";

    public string Write(IdKey key) => $"{strong[key.Kind]}-{key.Hash.ToString("x32", CultureInfo.InvariantCulture)}";

    /// <summary>The same in UTF-8, into a buffer of <see cref="MostBytes"/>; a million of them are written at once.</summary>
    public ReadOnlySpan<byte> Write(IdKey key, Span<byte> into)
    {
        var prefix = prefixes[key.Kind];
        prefix.CopyTo(into);
        Span<byte> hash = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(hash, key.Hash);
        Convert.TryToHexStringLower(hash, into[prefix.Length..], out var written);
        return into[..(prefix.Length + written)];
    }

    public IdKey Read(string text) => TryRead(text, out var key) ? key : throw new FormatException($"'{text}' is not the key of an id of {string.Join(", ", strong)}.");

    /// <summary>Reads what <see cref="Write"/> wrote, of a kind that the rules have.</summary>
    public bool TryRead([NotNullWhen(true)] string? text, out IdKey key)
    {
        key = default;
        if (text is null || text.Length <= Digits || text[^(Digits + 1)] != '-') return false;
        var name = text.AsSpan(0, text.Length - Digits - 1);
        for (var kind = 0; kind < strong.Count; kind++)
        {
            if (!name.SequenceEqual(strong[kind])) continue;
            if (!UInt128.TryParse(text.AsSpan(text.Length - Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hash)) return false;
            key = new IdKey((byte)kind, hash);
            return true;
        }
        return false;
    }
}
