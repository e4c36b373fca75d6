namespace Weir.Land.Contracts;

/// <summary>A contract at a glance.</summary>
/// <param name="Name">Its folder's name.</param>
/// <param name="Events">What its events are called, the newest name first.</param>
/// <param name="Versions">Its versions, the oldest first.</param>
/// <param name="Personal">The fields that hold personal data in any version.</param>
/// <param name="Defaults">The fields of the newest version that have a default.</param>
/// <param name="Examples">How many examples its migrations have.</param>
/// <param name="WithoutExamples">The migrations that have rules and no example.</param>
public sealed record ContractSummary(
    string Name, IReadOnlyList<string> Events, IReadOnlyList<string> Versions, IReadOnlyList<string> Personal, IReadOnlyList<string> Defaults, int Examples, IReadOnlyList<string> WithoutExamples)
{
    internal static ContractSummary Of(Contract contract) => new(
        contract.Name,
        [.. contract.Versions.Reverse().SelectMany(v => v.Names).Distinct()],
        [.. contract.Versions.Select(v => v.Version)],
        [.. contract.Versions.SelectMany(v => v.Annotations).Where(a => a.Pii is not (null or Sources.PersonalKind.None)).Select(a => a.Path.ToString()).Distinct()],
        [.. contract.Newest.Defaults.Select(d => d.Path.ToString())],
        contract.Migrations.Sum(m => m.Examples.Count),
        [.. contract.Migrations.Where(m => m.Rules.Count > 0 && m.Examples.Count == 0).Select(m => m.File.File.Name)]);
}
