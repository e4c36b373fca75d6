using System.Buffers;
using System.Text.Json;
using Weir.Land.Contracts;
using Weir.Land.Contracts.Migrations;
using Weir.Land.Evaluate;
using Weir.Land.Fast.Columns;
using Weir.Sources;

namespace Weir.Land.Fast.Reading;

/// <summary>
/// Whether an event is surely just as its contract's newest version has it. What breaks a rule, lacks a default, or is of an older version goes to the plain path. For one thread.
/// </summary>
internal sealed class FastContract(ContractSet contracts, SourceDefinition source)
{
    private static readonly JsonWriterOptions Lean = new() { SkipValidation = true };
    private readonly ArrayBufferWriter<byte> buffer = new();
    private readonly Dictionary<Contract, Column[]> columns = [];
    private readonly KnownTexts versions = new();

    public bool Allows(EventBlock block, int row)
    {
        if (contracts.All.Count == 0) return source.UnknownEvents == UnknownEvents.Allow;
        var name = block.Name(row);
        if (contracts.Of(name) is not { } contract) return source.UnknownEvents == UnknownEvents.Allow;
        if (contract.VersionOf(name, VersionOf(block, row) ?? source.SchemaVersion) != contract.Versions.Count - 1) return false;
        Write(contract, block, row);
        using var document = JsonDocument.Parse(buffer.WrittenMemory, DeepJson.Options);
        return !Defaults.AreNeeded(contract.Newest, document.RootElement) && contract.Newest.Schema.Find(document.RootElement) is null;
    }

    private string? VersionOf(EventBlock block, int row) => block.Has(EventText.SchemaVersion, row) ? versions.Of(block.Text(EventText.SchemaVersion, row)) : null;

    /// <summary>The event as contracts see it (<see cref="EventColumn"/>).</summary>
    private void Write(Contract contract, EventBlock block, int row)
    {
        buffer.ResetWrittenCount();
        if (!columns.TryGetValue(contract, out var own)) columns[contract] = own = [.. contract.Columns.Select(Column.Of)];
        using var writer = new Utf8JsonWriter(buffer, Lean);
        writer.WriteStartObject();
        foreach (var column in own) column.Write(writer, block, row);
        writer.WriteEndObject();
    }

    /// <param name="Name">Its name as JSON has it.</param>
    /// <param name="Type">Its JSON type.</param>
    /// <param name="Place">Where it lies: an <see cref="EventText"/>, or as its complement an <see cref="EventNumber"/>.</param>
    private sealed record Column(JsonEncodedText Name, string Type, int Place)
    {
        public static Column Of(EventColumn column)
        {
            var text = Array.FindIndex(EventColumns.Texts, t => t.Name == column.Name);
            return new(JsonEncodedText.Encode(column.Name), column.Type, text >= 0 ? text : ~Array.FindIndex(EventColumns.Numbers, n => n.Name == column.Name));
        }

        public void Write(Utf8JsonWriter json, EventBlock block, int row)
        {
            if (Place < 0) WriteNumber(json, block.Number((EventNumber)~Place, row));
            else if (block.Has((EventText)Place, row))
            {
                json.WritePropertyName(Name);
                if (Type == "object") json.WriteRawValue(block.Text((EventText)Place, row), skipInputValidation: true);
                else json.WriteStringValue(block.Text((EventText)Place, row));
            }
        }

        private void WriteNumber(Utf8JsonWriter json, long value)
        {
            if (value == EventColumns.None) return;
            if (Type == "string") json.WriteString(Name, IsoTime.Text(DateTime.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond)));
            else if (Type == "integer") json.WriteNumber(Name, value);
            else json.WriteNumber(Name, value / 10_000m);
        }
    }
}
