using System.CommandLine;
using System.Text;
using Weir;
using Weir.Commands;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var parsed = Cli.Create().Parse(args);
// A role sees to its signals itself; everything else may take its time to end well.
var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = args is [RoleCommand.Name, ..] ? null : TimeSpan.FromSeconds(30) });
return parsed.Errors.Count == 0 ? exitCode : ExitCodes.Usage;
