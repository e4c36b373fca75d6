using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Events;
using Weir.Land.Contracts.Migrations;
using Weir.Land.Contracts.Schemas;
using Weir.Land.Evaluate;

namespace Weir.Land.Contracts;

/// <summary>What a contract makes of an event.</summary>
/// <param name="Fault">Why it is not allowed; null: it is.</param>
/// <param name="Changed">The event in the form of the newest version; null: it is as it was sent.</param>
/// <param name="Imputed">The fields whose values were made up.</param>
internal sealed record ContractOutcome(Fault? Fault, JsonDocument? Changed, IReadOnlyList<string> Imputed) : IDisposable
{
    public void Dispose() => Changed?.Dispose();
}

/// <summary>
/// Holds an event against the version it is of, makes it one of the newest, and holds it against that: defaults first, then the schema, then step after step the rules
/// and the defaults of the version after, then the newest schema.
/// </summary>
internal static class ContractRun
{
    private static readonly JsonWriterOptions Lean = new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="contract">The contract.</param>
    /// <param name="first">The place of the version that the event is of.</param>
    /// <param name="last">The place of the version that it is to become.</param>
    /// <param name="sent">The event as contracts see it.</param>
    public static ContractOutcome Run(Contract contract, int first, int last, JsonElement sent)
    {
        var imputed = new ImputedFields();
        var version = contract.Versions[first];
        JsonObject? changed = null;
        JsonDocument? document = null;
        if (Defaults.AreNeeded(version, sent))
        {
            Defaults.Fill(version, changed = JsonObject.Create(sent)!, imputed);
            document = Read(changed);
        }
        if (version.Schema.Find(document?.RootElement ?? sent) is { } violation) return Breaks(contract, violation, $"version {version.Version}", document);
        if (first == last) return new ContractOutcome(null, document, imputed.All);

        document?.Dispose();
        changed ??= JsonObject.Create(sent)!;
        for (var i = first; i < last; i++)
        {
            var migration = contract.Migrations[i];
            if (migration.Apply(changed, imputed) is { } fault)
                return new ContractOutcome(new Fault(QuarantineReasons.MigrationFailed, $"{fault} (contract {contract.Name}, from version {migration.From} to {migration.To})"), null, []);
            Defaults.Fill(contract.Versions[i + 1], changed, imputed);
        }
        // As the row has it: an object that nothing is left in is none.
        foreach (var column in new[] { "context", "properties" })
            if (changed[column] is JsonObject { Count: 0 }) changed.Remove(column);
        document = Read(changed);
        return contract.Versions[last].Schema.Find(document.RootElement) is { } after
            ? Breaks(contract, after, $"version {contract.Versions[last].Version}, migrated from {version.Version}", document)
            : new ContractOutcome(null, document, imputed.All);
    }

    private static ContractOutcome Breaks(Contract contract, Violation violation, string version, JsonDocument? document)
    {
        document?.Dispose();
        return new ContractOutcome(new Fault(QuarantineReasons.ContractViolation, $"${violation.Path}: {violation.Keyword}: {violation.Expected} (contract {contract.Name}, {version})"), null, []);
    }

    private static JsonDocument Read(JsonObject changed)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Lean)) changed.WriteTo(writer);
        return JsonDocument.Parse(stream.GetBuffer().AsMemory(0, (int)stream.Length), DeepJson.Options);
    }
}
