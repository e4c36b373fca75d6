namespace Weir.Models.Project;

/// <summary>Checks <c>pre-hook</c> and <c>post-hook</c>.</summary>
internal sealed class HookSettings(Problems problems)
{
    public void Check(NodeConfig config)
    {
        foreach (var key in new[] { "pre-hook", "post-hook" })
        {
            foreach (var item in config.Items(key))
            {
                var setting = config.Find(key)!.Value;
                if (item is not string and not IReadOnlyDictionary<string, object?>)
                    problems.Add("WEIR7005", setting.File, setting.Line, $"'{key}' is SQL, a list of SQL, or `{{sql: …, transaction: false}}`.");
                foreach (var name in (item as IReadOnlyDictionary<string, object?>)?.Keys.Except(["sql", "transaction"]) ?? [])
                    problems.Add("WEIR7003", setting.File, setting.Line, $"'{name}' is not a part of a hook.{Suggest.Near(name, ["sql", "transaction"])}");
            }
        }
    }
}
