using System.Reflection;

namespace Orleans.Story.Embedded;

/// <summary>A call on its way through the filters.</summary>
internal sealed class IncomingCall(Activation activation, Request request, IIncomingGrainCallFilter[] filters) : IIncomingGrainCallContext
{
    private int _next;

    public object Grain => activation.GrainInstance!;

    public GrainId? SourceId => request.Source;

    public GrainId TargetId => request.Grain;

    public string InterfaceName => request.Method.Info.DeclaringType!.FullName!;

    public string MethodName => request.Method.Info.Name;

    public MethodInfo InterfaceMethod => request.Method.Info;

    public object? Result { get; set; }

    public IGrainContext TargetContext => activation;

    public MethodInfo ImplementationMethod
    {
        get
        {
            var map = Grain.GetType().GetInterfaceMap(InterfaceMethod.DeclaringType!);
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, InterfaceMethod)];
        }
    }

    public async Task Invoke()
    {
        if (_next < filters.Length)
        {
            await filters[_next++].Invoke(this);
        }
        else
        {
            Result = await request.Method.InvokeAsync(Grain, request.Arguments);
        }
    }
}
