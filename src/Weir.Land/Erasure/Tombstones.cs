using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Weir.Journal;
using Weir.Storage;

namespace Weir.Land.Erasure;

/// <summary>Who was erased: what lands from then on, for the first time or again, is dropped if it is theirs. A file for each erasure, <c>_erasures/</c> in the lake's folder.</summary>
internal sealed class Tombstones
{
    private const string Folder = "_erasures";
    private readonly TombstoneKey? key;
    private readonly FrozenSet<string> hashes;

    private Tombstones(TombstoneKey? key, IEnumerable<string> hashes, bool holdsEmails) => (this.key, this.hashes, HoldsEmails) = (key, hashes.ToFrozenSet(StringComparer.Ordinal), holdsEmails);

    /// <summary>Nobody was.</summary>
    public static Tombstones None { get; } = new(null, [], false);

    public bool IsEmpty => hashes.Count == 0;

    /// <summary>Whether addresses are among them, so that texts are to be searched.</summary>
    public bool HoldsEmails { get; }

    public bool Holds(PersonIdKind kind, string? value) => key is not null && !string.IsNullOrWhiteSpace(value) && hashes.Contains(key.Of(kind, value));

    /// <summary>Whether the same people were erased.</summary>
    public bool AreThose(Tombstones others) => ReferenceEquals(this, others) || hashes.SetEquals(others.hashes);

    /// <summary>Reads them all.</summary>
    /// <exception cref="WeirException">WEIR5051: the secret with which they were made is gone, or another one. WEIR5052: one of them is damaged.</exception>
    public static Tombstones Read(string lakeFolder, IDisk disk, KeyStore keys)
    {
        var files = disk.List(Path.Combine(lakeFolder, Folder), "*.json");
        if (files.Count == 0) return None;
        var key = new TombstoneKey(keys.TryGetSecret() ?? throw ErasureErrors.SecretGone(files[0], "keys/secret.key is not there"));
        var all = files.Select(f => ReadFile(f, disk)).ToList();
        if (all.Find(t => t.Secret != key.Fingerprint) is { } other) throw ErasureErrors.SecretGone(files[all.IndexOf(other)], "keys/secret.key is another one");
        return new Tombstones(key, all.SelectMany(t => t.Ids.Values.SelectMany(h => h)), all.Exists(t => t.Ids.ContainsKey(EmailKind)));
    }

    /// <summary>Makes one, durable; one of the same ids that is there already stands.</summary>
    /// <returns>Whether it was there already.</returns>
    public static void Write(string lakeFolder, IDisk disk, KeyStore keys, IReadOnlyList<PersonId> ids, DateTimeOffset now)
    {
        var key = new TombstoneKey(keys.GetOrCreateSecret());
        var hashes = ids.GroupBy(i => i.Kind).ToDictionary(g => g.Key.ToString().ToLowerInvariant(), g => (string[])[.. g.Select(i => key.Of(i.Kind, i.Value)).Distinct().Order(StringComparer.Ordinal)], StringComparer.Ordinal);
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', hashes.Values.SelectMany(h => h).Order(StringComparer.Ordinal)))))[..32];
        var path = Path.Combine(lakeFolder, Folder, $"{name}.json");
        disk.CreateFolder(Path.GetDirectoryName(path)!);
        if (!disk.Exists(path)) disk.WriteWhole(path, JsonSerializer.SerializeToUtf8Bytes(new Content(1, now.UtcDateTime, key.Fingerprint, hashes), Json));
        disk.SyncFolder(Path.GetDirectoryName(path)!); // whoever wrote it may have died before that
    }

    private const string EmailKind = "email";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static Content ReadFile(string path, IDisk disk)
    {
        try
        {
            using var file = disk.OpenRead(path);
            return JsonSerializer.Deserialize<Content>(file, Json) is { Format: 1, Secret: not null, Ids: not null } content ? content : throw ErasureErrors.Damaged(path, "it is not of format 1");
        }
        catch (JsonException e)
        {
            throw ErasureErrors.Damaged(path, e.Message);
        }
    }

    private sealed record Content(int Format, DateTime At, string Secret, IReadOnlyDictionary<string, string[]> Ids);
}
