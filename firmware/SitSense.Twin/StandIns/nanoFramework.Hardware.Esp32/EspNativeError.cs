namespace nanoFramework.Hardware.Esp32;

public enum EspNativeError
{
    OK = 0,
    FAIL = -1,
    INVALID_ARG = 258,
    INVALID_STATE = 259,
}
