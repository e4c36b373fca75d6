using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Land.Fast.Contracts;

namespace Weir.Land.Contracts.Migrations;

/// <summary>Fills what a version declares a default for, where nothing was sent (null is nothing). A default is taken only where the object it lies in is there; a column's always is.</summary>
internal static class Defaults
{
    public static bool AreNeeded(ContractVersion version, JsonElement sent)
    {
        foreach (var field in version.Defaults)
        {
            var (at, isThere) = (sent, true);
            for (var i = 0; i < field.Path.Names.Count && isThere; i++)
            {
                isThere = at.ValueKind == JsonValueKind.Object && at.TryGetProperty(field.Path.Names[i], out at) && at.ValueKind != JsonValueKind.Null;
                if (!isThere && (field.Path.Names.Count <= 2 || i == field.Path.Names.Count - 1)) return true;
            }
        }
        return false;
    }

    public static bool AreNeeded(ContractVersion version, EventTree tree)
    {
        foreach (var field in version.TreeDefaults.AsSpan())
            if (field.IsNeeded(tree)) return true;
        return false;
    }

    public static void Fill(ContractVersion version, EventTree tree, ImputedFields imputed)
    {
        foreach (var field in version.TreeDefaults.AsSpan()) field.Fill(tree, imputed);
    }

    public static void Fill(ContractVersion version, JsonObject root, ImputedFields imputed)
    {
        foreach (var field in version.Defaults)
        {
            var names = field.Path.Names;
            if (Fields.Get(root, names) is not null) continue;
            if (names.Count > 2 && Fields.Get(root, [.. names.SkipLast(1)]) is not JsonObject) continue;
            if (Fields.Set(root, names, Fields.Of(field.Default!.Value))) imputed.Add(field.Path);
        }
    }
}
