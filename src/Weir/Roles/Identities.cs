using Weir.Configuration;
using Weir.DuckDb;
using Weir.Identity;
using Weir.Lake;
using Weir.Land.Privacy;

namespace Weir.Roles;

/// <summary>The project's rules of who is one customer, and its splits, read when they are asked for.</summary>
internal sealed class Identities
{
    private Identities(Workspace workspace)
    {
        Project = workspace.Settings.Folder;
        Rules = IdentitySection.Read(workspace.Settings);
        Hash = new Pseudonyms(workspace.Keys.GetOrCreateSecret()).Of;
        Splits = Identity.Splits.Read(Project, Rules, Hash);
    }

    /// <summary>The project's folder.</summary>
    public string Project { get; }

    public IdentityRules Rules { get; }

    public IReadOnlyList<Split> Splits { get; }

    /// <summary>What stands for an e-mail address: the same as where an environment hashes it.</summary>
    public Func<string, string> Hash { get; }

    /// <exception cref="WeirException">WEIR1023, WEIR7112: the files have mistakes.</exception>
    public static Identities Of(Workspace workspace) => new(workspace);

    /// <summary>Brings the tables of schema <c>identity</c> to a snapshot, whose views the warehouse has.</summary>
    public IdentityReport Run(DuckDBConnection connection, LakeStore lake, Snapshot snapshot) => new IdentityStage(Rules, Splits, Hash).Run(connection, lake, snapshot);
}
