using Weir.Identity;
using Weir.Land.Erasure;
using Weir.Output;
using Weir.Roles;
using Weir.Roles.Ownership;

namespace Weir.Commands;

/// <summary>The ids that <c>weir erase --person</c> erases: all of a customer's that an erasure can look for.</summary>
internal static class ErasedPerson
{
    /// <summary>Finds them, and says which, so that a run that is interrupted can be run again with them: the customer may be gone by then.</summary>
    /// <exception cref="WeirException">WEIR7113: nobody is known by the id. WEIR7115: several people are.</exception>
    public static async Task<IReadOnlyList<PersonId>> IdsAsync(Workspace workspace, OwnedWarehouse warehouse, string text, CancellationToken cancellationToken)
    {
        var identities = Identities.Of(workspace);
        // What landed since the last build belongs to the person, too.
        var person = await warehouse.OverLakeAsync(workspace, (connection, snapshot) => Task.Run(() =>
        {
            identities.Run(connection, workspace.Lake, snapshot);
            return PersonIds.Of(connection, identities.Rules, identities.Hash, text);
        }, cancellationToken), cancellationToken);
        var ids = person.Own.Select(i => (Id: i, Kind: KindOf(i.Kind))).ToList();
        People.Say($"  {person.Customer} is {string.Join(' ', ids.Where(i => i.Kind is not null).Select(i => $"--id {i.Kind!.Value.ToString().ToLowerInvariant()}={i.Id.Value}"))}");
        var other = ids.Where(i => i.Kind is null).Select(i => i.Id).Concat(person.Shared).Select(i => $"{i.Kind}={i.Value}").ToList();
        if (other.Count > 0) People.Warn($"Rows that bear nothing else stay: {string.Join(' ', other)}. An erasure looks for user, anonymous, device, crm and e-mail ids, and takes no browser or device that others used, too");
        return [.. ids.Where(i => i.Kind is not null).Select(i => new PersonId(i.Kind!.Value, i.Id.Value))];
    }

    private static PersonIdKind? KindOf(string kind) => kind switch
    {
        "user" or "customer" => PersonIdKind.User,
        "crm" => PersonIdKind.Crm,
        "anonymous" => PersonIdKind.Anonymous,
        "device" => PersonIdKind.Device,
        IdentityRules.Email => PersonIdKind.Email,
        _ => null,
    };
}
