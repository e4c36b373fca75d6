using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Weir.Events;
using Weir.Land.Evaluate;
using Weir.Sources;

namespace Weir.Land.Contracts;

/// <summary>Holds events against their contracts. One instance serves one thread.</summary>
internal sealed class ContractCheck(ContractSet contracts, SourceDefinition source)
{
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
            draft.Faults.Add(QuarantineReasons.UnknownVersion,
                $"$.schema_version: not a version that the contract {contract.Name} has for this event; it has {string.Join(", ", contract.Versions.Where(v => v.Names.Contains(row.Event)).Select(v => v.Version))}");
            return;
        }
        var newest = contract.Versions.Count - 1;
        using var sent = Read(row, contract.Columns);
        using var outcome = ContractRun.Run(contract, place, newest, sent.RootElement);
        if (outcome.Fault is { } fault)
        {
            draft.Faults.Add(fault);
            return;
        }
        if (outcome.Changed is { } changed) Take(changed, contract, draft);
        draft.Imputed.AddRange(outcome.Imputed);
        if (place < newest) draft.Flags.Add(EventFlags.Migrated);
        if (place < newest && !contract.Newest.Names.Contains(row.Event)) row.Event = contract.Newest.Names[0];
    }

    private static void Take(JsonDocument changed, Contract contract, EventDraft draft)
    {
        var members = JsonMembers.Read(JsonMarshal.GetRawUtf8Value(changed.RootElement).ToArray(), "$");
        var read = new MemberReader(draft.Faults);
        foreach (var column in contract.Columns) column.Read?.Invoke(members, read, draft.Row);
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
        return JsonDocument.Parse(buffer.WrittenMemory, DeepJson.Options);
    }
}
