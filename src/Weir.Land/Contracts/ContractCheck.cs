using System.Buffers;
using System.Text.Json;
using Weir.Events;
using Weir.Land.Evaluate;
using Weir.Sources;

namespace Weir.Land.Contracts;

/// <summary>Holds events against their contracts. One instance serves one thread.</summary>
internal sealed class ContractCheck(ContractSet contracts, SourceDefinition source)
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };
    private static readonly JsonWriterOptions Lean = new() { SkipValidation = true };
    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <summary>Judges an event that is right so far.</summary>
    public void Apply(EventDraft draft)
    {
        var row = draft.Row;
        if (contracts.Of(row.Event) is not { } contract)
        {
            if (source.UnknownEvents == UnknownEvents.Quarantine) draft.Faults.Add(QuarantineReasons.UnknownEvent, "$.event: no contract has this event, and its source declares unknown_events: quarantine");
            return;
        }
        var place = contract.VersionOf(row.Event, row.SchemaVersion ?? source.SchemaVersion);
        if (place < 0)
        {
            draft.Faults.Add(QuarantineReasons.UnknownVersion, $"$.schema_version: not a version of the contract {contract.Name}; known are {string.Join(", ", contract.Versions.Select(v => v.Version))}");
            return;
        }
        var version = contract.Versions[place];
        using var document = Read(row, contract.Columns);
        if (version.Schema.Find(document.RootElement) is { } violation)
            draft.Faults.Add(QuarantineReasons.ContractViolation, $"${violation.Path}: {violation.Keyword}: {violation.Expected} (contract {contract.Name}, version {version.Version})");
    }

    /// <summary>The event as contracts see it; it holds until the next is read.</summary>
    private JsonDocument Read(EventRow row, IReadOnlyList<EventColumn> columns)
    {
        buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(buffer, Lean))
        {
            writer.WriteStartObject();
            foreach (var column in columns) column.Write(writer, row);
            writer.WriteEndObject();
        }
        return JsonDocument.Parse(buffer.WrittenMemory, Deep);
    }
}
