using System.CommandLine;
using System.Text;
using Weir.Commands;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var root = new RootCommand("Weir: customer analytics in one program, with every event accounted for.")
{
    DemoCommand.Create(), UpCommand.Create(), SyncCommand.Create(), LandCommand.Create(), LoadCommand.Create(), BuildModelsCommand.Create(),
    AccountCommand.Create(), QueryCommand.Create(), DoctorCommand.Create(),
};
foreach (var option in new Option[] { CommonOptions.Project, CommonOptions.Data, CommonOptions.Environment, CommonOptions.Format }) root.Options.Add(option);
var parsed = root.Parse(args);
if (parsed.Errors.Count == 0) return await parsed.InvokeAsync();
await parsed.InvokeAsync();
return Weir.ExitCodes.Usage;
