using System.Text.Json;
using Weir.Events;
using Weir.Sources;

namespace Weir.Land.Evaluate;

/// <summary>The id of a JSON event: the source's declared key, else its id member.</summary>
internal static class ClientIds
{
    public static Guid? Read(SourceDefinition source, JsonMembers sent, string idMember, MemberReader read)
    {
        if (source.IdFields.Count == 0) return read.Id(sent, idMember) is { } id ? EventIds.FromClient(source.Name, id) : null;
        var values = new List<string>(source.IdFields.Count);
        foreach (var field in source.IdFields)
        {
            var (value, path) = NestedMembers.Find(sent, field);
            if (value.IsAbsent) read.Faults.Add(QuarantineReasons.MissingField, $"{path}: part of the declared id, missing");
            else if (value.Kind is JsonTokenType.StartObject or JsonTokenType.StartArray)
                read.Faults.Add(QuarantineReasons.WrongType, $"{path}: part of the declared id, expected a single value, got {MemberReader.KindOf(value)}");
            else values.Add(value.Kind == JsonTokenType.String ? value.GetString() : value.GetText());
        }
        return values.Count == source.IdFields.Count ? EventIds.FromKey(source.Name, values) : null;
    }
}
