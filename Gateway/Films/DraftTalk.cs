using System.Diagnostics;
using Orleans.Story.Gateway.Terminal;
using Orleans.Story.Inference.Drafting;
using Orleans.Story.Rules.Drafting;

namespace Orleans.Story.Gateway.Films;

/// <summary>Goes through the open parts of a draft with a person at a terminal: yes, no, another, edit.</summary>
/// <param name="writer">Proposes.</param>
/// <param name="from">What is typed.</param>
/// <param name="to">What is shown.</param>
/// <param name="words">In the person's language.</param>
internal sealed class DraftTalk(IDraftWriter writer, TextReader from, TextWriter to, Words words)
{
    /// <summary>Goes on until every part is agreed to, or the person leaves. Each step is kept by <paramref name="keep"/>, so that leaving loses nothing.</summary>
    public async Task<Draft> Review(Draft draft, Func<Draft, Task> keep, CancellationToken stop)
    {
        var passed = new HashSet<string>(StringComparer.Ordinal);
        while (draft.Parts.FirstOrDefault(part => part.State != PartState.Accepted && !passed.Contains(part.Id)) is { } part)
        {
            if (part.Current is null) draft = DraftFold.Propose(draft, part.Id, await writer.ProposeAsync(draft, part.Id, stop)).Draft;
            Show(draft.Find(part.Id)!, draft);
            switch ((await Ask())?.Trim().ToLowerInvariant())
            {
                case null or "q":
                    return draft;
                case "" or "y":
                    draft = Scaffolding.Refresh(DraftFold.Accept(draft, part.Id).Draft);
                    break;
                case "n":
                    passed.Add(part.Id);
                    break;
                case "a":
                    draft = await Another(draft, part.Id, stop);
                    break;
                case "e":
                    draft = await Edit(draft, part.Id, stop);
                    break;
                case "all":
                    draft = DraftFold.AcceptAll(await Fill(draft, stop));
                    break;
                default:
                    await to.WriteLineAsync(words.Say("Type y, n, a, e, all or q.", "请输入 y、n、a、e、all 或 q。"));
                    break;
            }

            await keep(draft);
        }

        return draft;
    }

    /// <summary>Has every part without a wording proposed.</summary>
    public async Task<Draft> Fill(Draft draft, CancellationToken stop)
    {
        foreach (var id in draft.Parts.Where(part => part.Current is null).Select(part => part.Id).ToList())
        {
            draft = DraftFold.Propose(draft, id, await writer.ProposeAsync(draft, id, stop)).Draft;
            if (draft.Find(id)!.Current?.Note is { } note) await to.WriteLineAsync($"  {id}: {note.In(words.Language)}");
        }

        return draft;
    }

    private async Task<Draft> Another(Draft draft, string id, CancellationToken stop)
    {
        var step = DraftFold.Propose(draft, id, await writer.ProposeAsync(draft, id, stop));
        if (step.Refusal is { } refusal) await to.WriteLineAsync(refusal.Sentence.In(words.Language));
        return step.Refusal is null ? Scaffolding.Refresh(step.Draft) : step.Draft;
    }

    private async Task<Draft> Edit(Draft draft, string id, CancellationToken stop)
    {
        var step = DraftFold.Replace(draft, id, await Edited(draft.Find(id)!.Current?.Content ?? "", stop));
        if (step.Refusal is { } refusal) await to.WriteLineAsync(refusal.Sentence.In(words.Language));
        foreach (var problem in DraftFiles.Write(step.Draft).Problems.Where(problem => problem.Part == id))
            await to.WriteLineAsync($"  {problem.Line}: {problem.Problem.Wrong.In(words.Language)} {problem.Problem.Remedy.In(words.Language)}");
        return step.Draft;
    }

    /// <summary>In the person's editor if one is named, else typed until a line with a full stop alone.</summary>
    private async Task<string> Edited(string content, CancellationToken stop)
    {
        if (from == Console.In && (Environment.GetEnvironmentVariable("VISUAL") ?? Environment.GetEnvironmentVariable("EDITOR")) is { Length: > 0 } editor)
        {
            var file = Path.Combine(Path.GetTempPath(), Path.ChangeExtension(Path.GetRandomFileName(), ".yaml"));
            await File.WriteAllTextAsync(file, content, stop);
            try
            {
                var command = editor.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                using var process = Process.Start(new ProcessStartInfo(command[0], [.. command[1..], file]) { UseShellExecute = false });
                if (process is not null) await process.WaitForExitAsync(stop);
                return await File.ReadAllTextAsync(file, stop);
            }
            catch (System.ComponentModel.Win32Exception)
            {
                await to.WriteLineAsync(words.Say($"{editor} cannot be started.", $"无法启动 {editor}。"));
            }
            finally
            {
                File.Delete(file);
            }
        }

        await to.WriteLineAsync(words.Say("Type the part; a line with . alone ends it.", "请输入这一部分，单独一行 . 结束。"));
        var typed = new List<string>();
        while (await from.ReadLineAsync(stop) is { } row && row != ".") typed.Add(row);
        return string.Join('\n', typed);
    }

    private void Show(DraftPart part, Draft draft)
    {
        var at = draft.Parts.IndexOf(part) + 1;
        to.WriteLine($"\n[{at}/{draft.Parts.Length}] {part.Id} · {part.Current!.By}{(part.Alternatives.Length > 1 ? $" · {part.Chosen + 1}/{part.Alternatives.Length}" : "")}");
        if (part.Current.Note is { } note) to.WriteLine(note.In(words.Language));
        foreach (var row in part.Current.Content.TrimEnd('\n').Split('\n')) to.WriteLine("  " + row);
    }

    private async Task<string?> Ask()
    {
        await to.WriteAsync(words.Say("Accept? [y]es, [n]ot now, [a]nother, [e]dit, [all], [q]uit: ", "接受吗？y 接受，n 先放着，a 换一个，e 修改，all 全部接受，q 退出："));
        return await from.ReadLineAsync();
    }
}
