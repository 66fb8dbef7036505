using QRCoder;

namespace Orleans.Story.Gateway.Api;

/// <summary>QR codes, dark on light with the quiet zone a phone's camera needs.</summary>
internal static class QrCode
{
    /// <summary>As a scalable picture for the wall.</summary>
    public static string Svg(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(8, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    /// <summary>As half-block characters for a terminal with light text on a dark ground, which is what most are.</summary>
    public static string Terminal(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.L);
        using var code = new AsciiQRCode(data);
        return code.GetGraphicSmall(drawQuietZones: true, invert: false);
    }
}
