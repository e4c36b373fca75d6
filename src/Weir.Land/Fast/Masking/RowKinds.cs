using Weir.Land.Contracts;
using Weir.Land.Fast.Columns;
using Weir.Land.Privacy;
using Weir.Sources;

namespace Weir.Land.Fast.Masking;

/// <summary>What the columns of an event's row hold, by what its contract marks and what their names let one think.</summary>
internal sealed class RowKinds
{
    public RowKinds(PersonalData personal, PersonalFields? fields)
    {
        var texts = EventColumn.Texts.Select(c => (Column: Enum.Parse<EventText>(c.Name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true), Place.Of(c.Name, fields).Kind)).ToList();
        Touched = [.. texts.Where(t => personal.Touches(t.Kind)).Select(t => (t.Column, t.Kind!.Value))];
        Searched = [.. texts.Where(t => !personal.Touches(t.Kind) && t.Kind != PersonalKind.None).Select(t => (t.Column, t.Kind is null))];
        Cleared = [.. EventColumn.Numbers.Where(c => personal.Touches(Place.Of(c.Name, fields).Kind)).Select(c => Enum.Parse<EventNumber>(c.Name, ignoreCase: true))];
        Payload = [(EventText.Context, Place.Of("context", fields)), (EventText.Properties, Place.Of("properties", fields))];
    }

    /// <summary>Texts in whose place something else lands.</summary>
    public (EventText Column, PersonalKind Kind)[] Touched { get; }

    /// <summary>Texts that stay but for what is personal in them, and whether such an address of a page may be there.</summary>
    public (EventText Column, bool IsUnknown)[] Searched { get; }

    /// <summary>Numbers that do not land.</summary>
    public EventNumber[] Cleared { get; }

    /// <summary>JSON texts.</summary>
    public (EventText Column, Place Place)[] Payload { get; }
}
