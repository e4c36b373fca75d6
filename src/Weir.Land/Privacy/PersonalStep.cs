using Weir.Land.Contracts;
using Weir.Land.Evaluate;
using Weir.Sources;

namespace Weir.Land.Privacy;

/// <summary>
/// The step between what an event is found to be and what is kept or shown of it: nothing behind it ever holds what an environment does not keep. Only the bytes as received,
/// encrypted, do. One instance serves one thread.
/// </summary>
internal sealed class PersonalStep
{
    private readonly EventRules rules;
    private readonly SourceDefinition source;
    private readonly Secrets secrets;
    private readonly PayloadMask payload;
    private readonly PersonalMarks marks;

    public PersonalStep(EventRules rules, SourceDefinition source)
    {
        (this.rules, this.source) = (rules, source);
        secrets = new Secrets(rules.Personal);
        payload = new PayloadMask(rules.Personal, secrets);
        marks = new PersonalMarks(rules);
    }

    /// <summary>The same verdict, without what is not kept; rows are changed in place.</summary>
    public Verdict Apply(Verdict verdict)
    {
        if (rules.Personal.KeepsAll) return verdict;
        secrets.Clear();
        switch (verdict)
        {
            case Verdict.Event { Row: var row }:
                Mask(row);
                return verdict;
            case Verdict.Entity { Row: var row }:
                Mask(row);
                return verdict;
            case Verdict.Quarantined { EventName: { } name } why:
                return why with { EventName = secrets.Clean(name) };
            case Verdict.Dropped { EventName: { } name } dropped:
                return dropped with { EventName = secrets.Clean(name) };
            default:
                return verdict;
        }
    }

    private void Mask(EventRow row)
    {
        var fields = marks.Of(row.Event);
        var (context, properties) = (Place.Of("context", fields), Place.Of("properties", fields));
        foreach (var column in EventColumn.Texts)
            if (column.Text!.Get(row) is { } text) Collect(text, Place.Of(column.Name, fields).Kind);
        if (row.Context is not null) payload.Collect(row.Context, context);
        if (row.Properties is not null) payload.Collect(row.Properties, properties);

        foreach (var column in EventColumn.Texts)
            if (column.Text!.Get(row) is { } text) column.Text.Set(row, Clean(text, Place.Of(column.Name, fields).Kind));
        foreach (var number in EventColumn.Numbers)
            if (rules.Personal.Touches(Place.Of(number.Name, fields).Kind)) number.Clear!(row);
        row.Event = secrets.Clean(row.Event);
        if (row.Context is not null) row.Context = rules.Personal.Drops(context.Kind) ? null : payload.Mask(row.Context, context);
        if (row.Properties is not null) row.Properties = rules.Personal.Drops(properties.Kind) ? null : payload.Mask(row.Properties, properties);
    }

    private void Mask(EntityRow row)
    {
        for (var i = 0; i < source.Fields.Count; i++)
        {
            if (row.Values[i] is not string text) continue;
            if (source.Fields[i].Type.Kind == FieldKind.Json) payload.Collect(text, PlaceOf(source.Fields[i]));
            else Collect(text, PlaceOf(source.Fields[i]).Kind);
        }
        for (var i = 0; i < source.Fields.Count; i++)
        {
            var place = PlaceOf(source.Fields[i]);
            row.Values[i] = row.Values[i] switch
            {
                string json when source.Fields[i].Type.Kind == FieldKind.Json => rules.Personal.Drops(place.Kind) ? null : payload.Mask(json, place),
                string text => Clean(text, place.Kind),
                _ when rules.Personal.Touches(place.Kind) => null, // no number or day can stand for another
                var other => other,
            };
        }
    }

    private void Collect(string text, PersonalKind? kind)
    {
        if (kind is { } known) secrets.Add(text, known);
        else AddressQuery.Collect(text, secrets);
    }

    private string? Clean(string text, PersonalKind? kind) =>
        kind == PersonalKind.None ? text : text.Length > 0 && rules.Personal.Touches(kind) ? rules.Personal.Replace(kind!.Value, text) : secrets.Clean(text);

    /// <summary>A field's own word; else what its name, or that of the member it is read from, lets one think.</summary>
    private static Place PlaceOf(FieldDefinition field)
    {
        if (field.Personal is { } said) return new Place(null, said, false);
        var place = new Place(null, null, false);
        foreach (var name in field.From.Split('.')) place = place.Member(name);
        return place with { Kind = place.Kind ?? WellKnownFields.Of(field.Name, ofPerson: false) };
    }
}
