using System.Text;
using System.Text.Json;
using Weir.Events;
using Weir.Journal;
using Weir.Land;
using Weir.Land.Evaluate;
using Weir.Land.Privacy;
using Weir.Sources;
using Weir.Storage;
using Weir.Tests.Land.Contracts;
using Weir.Tests.Land.Evaluate;

namespace Weir.Tests.Land.Privacy;

/// <summary>A project with contracts and a key folder, and short ways to see what an environment keeps of an event.</summary>
internal sealed class PersonalBench : IDisposable
{
    private readonly TemporaryFolder keys = new();

    public ContractFolder Contracts { get; } = new();

    public Dictionary<PersonalKind, PersonalMode> Modes { get; } = new(PersonalData.Usual(isProduction: false));

    public KeyStore Keys => new(LocalDisk.Instance, keys.Path);

    public EventRules Rules => EventRules.None with { Contracts = Contracts.Load(), Personal = new PersonalData(Modes, Keys) };

    public Verdict Judge(string text, SourceDefinition? source = null, string dialect = Dialects.Weir, string envelope = "{}") =>
        Evaluation.Judge(Encoding.UTF8.GetBytes(text), source, dialect, envelope, new EvaluatorOptions { Rules = Rules });

    public EventRow Landed(string text, string dialect = Dialects.Weir, string envelope = "{}")
    {
        var verdict = Judge(text, null, dialect, envelope);
        return verdict.ShouldBeOfType<Verdict.Event>(verdict.ToString()).Row;
    }

    /// <summary>Everything of a row that is kept, as one text.</summary>
    public static string Text(EventRow row) => JsonSerializer.Serialize(row, Plain);

    /// <summary>The keyed hash by its definition: HMAC-SHA-256 under a key derived from the secret, 128 bits of it.</summary>
    public string Hash(string normalized)
    {
        var key = System.Security.Cryptography.HKDF.DeriveKey(System.Security.Cryptography.HashAlgorithmName.SHA256, File.ReadAllBytes(Path.Combine(keys.Path, "secret.key")), 32, info: "weir pseudonyms 1"u8.ToArray());
        return Convert.ToHexString(System.Security.Cryptography.HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(normalized)))[..32].ToLowerInvariant();
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Dispose()
    {
        keys.Dispose();
        Contracts.Dispose();
    }
}
